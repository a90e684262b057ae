['5x', '0s'].each { limit ->
    notice("a $limit") { timeout limit }
}
notice('b') { retries(-1); onDrift secret('report') }
notice('c') { retryDelay '10s' }
notice('d') { window([]) }
