extension Mutant {
    /// The guest as its owners know it.
    static let guests = [
        Mutant(
            "guest", "does not look for a config drive",
            complaint: "failed: first does not say 'the config drive is there'",
            "RUN sed -i s/config-2/config-3/ /usr/share/guest/etc/instance && guest-make /guest/guest.qcow2"
        ),
        Mutant(
            "guest", "forgets its host key", complaint: "failed: the host key stays: expected ",
            #"RUN sed -i 's/\[ ! -s "$key" \]/true/' /usr/share/guest/etc/instance && guest-make /guest/guest.qcow2"#),
        Mutant(
            "guest", "has no power button", complaint: "failed: in time, this did not succeed: ended first",
            "RUN sed -i '/poweroff/d' /usr/share/guest/etc/power && guest-make /guest/guest.qcow2"),
        Mutant(
            "guest", "leaves its root small", complaint: "failed: of a disk of 700 MB, ",
            "RUN sed -i '/^resize2fs/d' /usr/share/guest/etc/grow && guest-make /guest/guest.qcow2"),
        Mutant(
            "guest", "lets its user do nothing as root",
            complaint: "failed: what the owner expects: expected a refusal",
            "RUN sed -i '/^guest/d' /usr/share/guest/etc/sudoers && guest-make /guest/guest.qcow2"),
        Mutant(
            "guest", "runs its owner's script at every start",
            complaint: "failed: again does not say 'the script of the user data ran before'",
            #"RUN sed -i 's/\[ -e "$kept.user-data-ran" \]/false/' /usr/share/guest/etc/instance && guest-make /guest/guest.qcow2"#
        ),
    ]
}
