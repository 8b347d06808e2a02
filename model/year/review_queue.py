"""The queue of legal review (法制审核): M/G/c by Erlang C and Allen-Cunneen (method, section 8)."""

import numpy as np

from model.evidence.draws import Quantity


def erlang_b(offered_load: Quantity, servers: Quantity) -> np.ndarray:
    """Erlang's loss probability by the recursion B(k) = a B(k-1) / (k + a B(k-1)).

    `offered_load` a >= 0 is arrivals over the rate of one server. `servers` may be fractional: straight lines between
    the whole numbers. Any shapes that broadcast.
    """
    load, servers = np.broadcast_arrays(np.asarray(offered_load, float), np.asarray(servers, float))
    whole = np.floor(servers)
    # Most servers first: step k is for those that have as many, at the front. Small whole numbers sort fastest.
    fewest = -whole.astype(np.min_scalar_type(-int(whole.max(initial=1))))
    order = np.argsort(fewest, axis=None, kind="stable")
    offered, blocked = load.ravel()[order], np.ones(load.size)
    reach = np.cumsum(np.bincount(whole.astype(int).ravel())[::-1])[::-1]
    for k, front in enumerate(reach[1:].tolist(), start=1):
        busy = offered[:front] * blocked[:front]
        blocked[:front] = busy / (k + busy)
    below = np.empty(load.shape)
    below.flat[order] = blocked
    above = load * below / (whole + 1 + load * below)
    return below + (servers - whole) * (above - below)


def erlang_c(offered_load: Quantity, servers: Quantity) -> np.ndarray:
    """Probability that a file waits; 1 where the load reaches the servers (no steady state).

    >>> round(float(erlang_c(10, 14)), 12)
    0.174131933595
    """
    load, servers = np.asarray(offered_load, float), np.asarray(servers, float)
    blocked = erlang_b(load, servers)
    occupancy = load / np.maximum(servers, 1e-12)
    return np.where(occupancy < 1, blocked / (1 - np.minimum(occupancy, 1) * (1 - blocked)), 1.0)


def mean_wait(
    arrivals: Quantity,
    service_rate: Quantity,
    servers: Quantity,
    cv: Quantity = 1.0,
    waits: Quantity | None = None,
) -> np.ndarray:
    """Mean time in the queue, all files, in the rates' unit of time; `inf` where there is no steady state.

    `cv` is the coefficient of variation of the service time: Allen and Cunneen's (1 + cv^2) / 2 for Poisson arrivals.
    `waits`, Erlang C, is computed unless given. Any shapes that broadcast. M/M/2 with 9 arrivals and 5 served an hour
    has 7.674 files waiting (Little: arrivals x wait):

    >>> round(9 * float(mean_wait(9, 5, 2)), 3), float(mean_wait(10, 5, 2))
    (7.674, inf)
    """
    arrivals, service_rate = np.asarray(arrivals, float), np.asarray(service_rate, float)
    if waits is None:
        waits = erlang_c(arrivals / service_rate, servers)
    spare = np.asarray(servers) * service_rate - arrivals
    return np.where(spare > 0, np.asarray(waits) * (1 + np.square(cv)) / 2 / np.where(spare > 0, spare, 1.0), np.inf)
