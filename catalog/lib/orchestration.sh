# shellcheck shell=bash
# For tests of Heat's services. After lib/test.sh, lib/identity.sh and lib/messaging.sh:
#
#     prepare_orchestration       MariaDB, RabbitMQ and Keystone with all that Heat needs there, APIs at `image`; `user`
#                                 is a member of the project `own`, `other` of `foreign` (password `password`)
#     heat_settings MEMBER        MEMBER's heat.conf
#     start_engine MEMBER IMAGE   Heat's engine as MEMBER
#     expect_nothing_left         stacks that were deleted have left no user, project or trust

: "${IMAGE_heat_engine:?}"

heat_settings() {
    local section logins=()
    for section in keystone_authtoken ec2authtoken; do
        logins+=("[$section]" auth_type=password auth_url=http://identity:5000/v3 user_domain_name=Default
            project_domain_name=Default username=heat password=heat project_name=service)
    done
    configure "$1" heat.conf <<END
[DEFAULT]
use_stderr=true
transport_url=rabbit://heat:heat@messages:5672/heat
num_engine_workers=1
auth_encryption_key=0123456789abcdef0123456789abcdef
encrypt_parameters_and_properties=true
region_name_for_services=RegionOne
stack_user_domain_name=heat
stack_domain_admin=heat-domain-admin
stack_domain_admin_password=heat
server_keystone_endpoint_type=public
[clients]
endpoint_type=internalURL
[clients_heat]
endpoint_type=publicURL
[clients_keystone]
auth_uri=http://identity:5000
[database]
connection=mysql+pymysql://heat:heat@database/heat
$(queue_settings)
[trustee]
auth_type=password
auth_url=http://identity:5000/v3
user_domain_name=Default
username=heat
password=heat
$(printf '%s\n' "${logins[@]}")
auth_uri=http://identity:5000/v3
END
}

prepare_orchestration() {
    needs "$IMAGE_heat_engine" heat-engine
    start_database heat keystone
    start_messaging heat
    prepare_identity
    start_identity identity
    cloud '
token, _ = log_in("admin", "administrator", "admin")
make(token, "role", name="heat_stack_user")
heat = make(token, "domain", name="heat")
user = make(token, "user", name="heat-domain-admin", password="heat", domain_id=heat)
grant(token, f"domains/{heat}", user, "admin")
service = make(token, "project", name="service", domain_id="default")
user = make(token, "user", name="heat", password="heat", domain_id="default")
grant(token, f"projects/{service}", user, "admin", "service")
for name, project in ("user", "own"), ("other", "foreign"):
    project = make(token, "project", name=project, domain_id="default")
    user = make(token, "user", name=name, password="password", domain_id="default")
    grant(token, f"projects/{project}", user, "member")
for kind, url in ("orchestration", "8004/v1/%(tenant_id)s"), ("cloudformation", "8000/v1"):
    service = make(token, "service", type=kind, name=kind)
    for interface in "public", "internal":
        make(
            token, "endpoint", service_id=service, interface=interface, region="RegionOne", url=f"http://image:{url}")'
    IMAGE=$IMAGE_heat_engine heat_settings job
    IMAGE=$IMAGE_heat_engine work job schema-load heat.conf database:heat -- heat-manage db_sync
}

start_engine() {
    IMAGE=$2 heat_settings "$1"
    start "$1" "$2"
    wait_for 180 engine_ready "$1"
}

engine_ready() {
    inside "$1" rpc-ready /etc/minke/heat.conf engine
}

expect_nothing_left() {
    expect 'heat-domain-admin, 0 projects, 0 trusts' 'nothing is left of stacks' cloud '
token, _ = log_in("admin", "administrator", "admin")
heat = call("GET", f"{v3}/domains?name=heat", token=token)[1]["domains"][0]["id"]
users = call("GET", f"{v3}/users?domain_id={heat}", token=token)[1]["users"]
projects = call("GET", f"{v3}/projects?domain_id={heat}", token=token)[1]["projects"]
trusts = call("GET", f"{v3}/OS-TRUST/trusts", token=token)[1]["trusts"]
print(*[user["name"] for user in users], f"{len(projects)} projects", f"{len(trusts)} trusts", sep=", ")'
}
