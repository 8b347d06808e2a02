#!/bin/sh
# 启动一线（Frontline ${version}）。首次启动只用本文件夹里的 wheels 安装，不连互联网；之后直接打开。
# Starts Frontline. The first start installs it from the folder `wheels` alone, without internet.
set -eu
cd "$$(dirname "$$0")"
if [ "$$(cat environment/installed 2>/dev/null || true)" != "${version}" ]; then
    python="$$(command -v python${python} || true)"
    if [ -z "$$python" ] && [ "$$(python3 -c 'import sys; print("%d.%d" % sys.version_info[:2])' 2>/dev/null || true)" = "${python}" ]; then
        python="python3"
    fi
    if [ -z "$$python" ]; then
        echo "请先安装 Python ${python}（见 README.txt）。Please install Python ${python} first (see README.txt)." >&2
        exit 1
    fi
    echo "首次启动，正在安装，约一分钟。Installing, about a minute." >&2
    rm -rf environment
    "$$python" -m venv environment
    environment/bin/python -m pip install -q --no-compile --disable-pip-version-check --no-index --find-links wheels "frontline==${version}"
    echo "${version}" > environment/installed
fi
exec environment/bin/frontline app "$$@"
