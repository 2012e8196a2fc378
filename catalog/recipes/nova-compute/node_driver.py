"""What Nova's libvirt driver does in another way here; see compute-start."""

from nova import exception
from nova.virt.libvirt.driver import LibvirtDriver
from nova.virt.libvirt.host import Host
from nova.virt.libvirt.volume import remotefs
from oslo_concurrency import processutils


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


def change():
    LibvirtDriver._serial_ports_already_defined = has_serial_ports
    total = memory_mb()
    Host.get_memory_mb_total = lambda host: total
    remotefs.RemoteFilesystem.__init__ = lambda self: setattr(self, "driver", NodeFilesDriver())
