# shellcheck shell=bash
# For tests of Neutron's server and of what works beside it. After lib/test.sh and lib/messaging.sh:
#
#     network_settings MEMBER [LINE...]    MEMBER's neutron.conf, with the database and the messages of `neutron`, more
#                                          lines of DEFAULT, and the sections on the standard input
#     network_types MEMBER                 MEMBER's ml2_conf.ini

# The password for RabbitMQ, as a URL has it.
network_password=neutron

network_settings() {
    configure "$1" neutron.conf <<END
[DEFAULT]
use_stderr=true
transport_url=rabbit://neutron:$network_password@messages:5672/neutron
core_plugin=ml2
service_plugins=router
notify_nova_on_port_status_changes=false
notify_nova_on_port_data_changes=false
$(printf '%s\n' "${@:2}")
[database]
connection=mysql+pymysql://neutron:neutron@database/neutron
$(queue_settings)
[oslo_concurrency]
lock_path=/var/lib/neutron/tmp
$(cat)
END
}

network_types() {
    configure "$1" ml2_conf.ini <<'END'
[ml2]
type_drivers=flat,vxlan
tenant_network_types=vxlan
mechanism_drivers=openvswitch
[ml2_type_vxlan]
vni_ranges=1:1000
END
}
