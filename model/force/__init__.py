"""Who sits where and with what time: staff, crews, working time, visits, and the workload."""
