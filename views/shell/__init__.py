"""What all pages share: session, toolbar, framework, work that takes long, the four figures."""
