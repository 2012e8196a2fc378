"""What Nova's libvirt driver does in another way here; see compute-start."""

import gc
import threading
import time
import types

from nova import conf
from nova import context
from nova import exception
from nova.objects.host_mapping import HostMapping
from nova.virt.libvirt.driver import LibvirtDriver
from nova.virt.libvirt.host import Host
from nova.virt.libvirt.volume import remotefs
from oslo_concurrency import processutils
from oslo_log import log


class NodeFilesDriver(remotefs.RemoteFilesystemDriver):
    """Files of instances that move, by node-files; the driver's callbacks learn the process, as with scp."""

    def create_file(self, host, dst_path, on_execute, on_completion):
        self._run("create-file", host, dst_path, on_execute, on_completion)

    def remove_file(self, host, dst_path, on_execute, on_completion):
        self._run("remove-file", host, dst_path, on_execute, on_completion)

    def create_dir(self, host, dst_path, on_execute, on_completion):
        self._run("make-folder", host, dst_path, on_execute, on_completion)

    def remove_dir(self, host, dst_path, on_execute, on_completion):
        self._run("remove-folder", host, dst_path, on_execute, on_completion)

    def copy_file(self, src, dst, on_execute, on_completion, compression):
        self._run("copy", src, dst, on_execute, on_completion)

    @staticmethod
    def _run(what, first, second, on_execute, on_completion):
        processutils.execute("node-files", what, first, second, on_execute=on_execute, on_completion=on_completion)


def memory_mb():
    """The host's memory as its kernel counts it. libvirt adds up what NUMA nodes have, which in some virtual machines is
    another number from hour to hour, so that reports to Placement collide."""
    with open("/proc/meminfo") as lines:
        return next(int(line.split()[1]) // 1024 for line in lines if line.startswith("MemTotal:"))


def has_serial_ports(driver, instance):
    """Whether an instance that runs has its serial ports. Nova also looks at a domain that has ended: one that was
    resized on the node where it was got no console, and its kernel no place to write to."""
    try:
        guest = driver._host.get_guest(instance)
    except exception.InstanceNotFound:
        return False
    return guest.is_active() and any(driver._get_serial_ports_from_guest(guest))


def await_cell(host):
    """Waits until the scheduler has found a new host and mapped it to its cell."""
    said = False
    while True:
        try:
            HostMapping.get_by_host(context.get_admin_context(), host)
            return
        except exception.HostMappingNotFound:
            if not said:
                log.getLogger(__name__).warning("waiting for the scheduler to map %s to a cell", host)
                said = True
            time.sleep(0.5)


def reporting_when_mapped(report):
    """The driver's report of what the node has, which makes it a candidate of the scheduler: Nova gives it before the
    host is mapped, and whatever instance is placed there until then fails."""
    mapped = False

    def report_when_mapped(driver, tree, node, allocations=None):
        nonlocal mapped
        if not mapped:
            await_cell(conf.CONF.host)
            mapped = True
        return report(driver, tree, node, allocations=allocations)

    return report_when_mapped


def let_threads_survive_forks():
    """Threads are eventlet's, which outlive a fork, and Python's look at those that died by it fails: a traceback in the
    log for each program that is run. Eventlet does without it as well, from 0.40 on."""
    own = threading._after_fork.__code__
    # Eventlet loads the module several times, and nothing refers to some of its copies but what they registered.
    for copy in gc.get_objects():
        if isinstance(copy, types.FunctionType) and copy.__code__ == own:
            copy.__code__ = (lambda: None).__code__


def change():
    let_threads_survive_forks()
    LibvirtDriver.update_provider_tree = reporting_when_mapped(LibvirtDriver.update_provider_tree)
    LibvirtDriver._serial_ports_already_defined = has_serial_ports
    total = memory_mb()
    Host.get_memory_mb_total = lambda host: total
    remotefs.RemoteFilesystem.__init__ = lambda self: setattr(self, "driver", NodeFilesDriver())
