package dev.converge.agent;

import dev.converge.process.ThisProcess;
import java.time.Instant;
import java.util.Queue;

/**
 * What outlives one reading of the settings.
 *
 * @param parts what the agent is made of
 * @param pulse is told how long each step may take
 * @param wishes where the loop takes its wishes from
 * @param running the process
 */
record Frame(AgentParts parts, Pulse pulse, Queue<Wish> wishes, AgentStatus.Running running) {
    static Frame of(AgentParts parts, Pulse pulse, Queue<Wish> wishes) {
        return new Frame(parts, pulse, wishes, new AgentStatus.Running(ThisProcess.pid(), Instant.now()));
    }
}
