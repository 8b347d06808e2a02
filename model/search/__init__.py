"""Which plan is best: best plan, worth of one more, frontier, targets, robust plan, remedies.

Each question is a file. It opens on a scenario (`engine.opening`), searches (`engine.plan_search` for an objective,
`engine.aim_search` for other aims) and answers with a plan (`engine.staffing_plan`). A search asks a programme around a
plan (`programme.staffing_programme`, whose coefficients are `programme.response`), which HiGHS solves
(`programme.linear_programme`); makes whole people of it (`engine.whole_plans`,
`engine.local_moves`); and has the full model judge every step (`engine.full_model`) within limits
(`engine.plan_limits`).
"""
