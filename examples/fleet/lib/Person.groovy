/** Somebody with an account on every host. */
class Person extends Composite {
    @Between(min = 2001, max = 2999) int uid
    @NotEmpty String fullName
    List<String> groups = []

    void declare() {
        user(name) {
            uid this.uid
            comment fullName
            groups this.groups
            home "/home/${name}"
            manageHome true
            shell facts.os.family == 'alpine' ? '/bin/ash' : '/bin/bash'
        }
    }
}
