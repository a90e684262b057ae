// Brings the checkout of the host's site up to date; a site of its own, so that a commit that does not compile cannot keep the next one away.
gitCheckout(lookup('checkout', String)) {
    repository lookup('url', String)
    revision lookup('ref', String)
    if (!lookup('username', String, '').isEmpty()) {
        username lookup('username', String)
    }
    if (!lookup('password', String, '').isEmpty()) {
        password lookup('password', String)
    }
}
