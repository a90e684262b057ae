package dev.converge.agent;

import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.Supplier;

/** Answers what comes through the control socket. */
final class Requests implements ControlSocket.Answers {
    static final String KEY = "do";
    static final String STATUS = "status";
    static final String ONCE = "once";
    static final String LOOK = "look";

    private final Queue<Wish> wishes;
    private final Supplier<Map<String, Object>> status;

    Requests(Queue<Wish> wishes, Supplier<Map<String, Object>> status) {
        this.wishes = wishes;
        this.status = status;
    }

    @Override
    public Map<String, Object> answer(Map<String, Object> request) throws InterruptedException {
        return switch (String.valueOf(request.get(KEY))) {
            case STATUS -> status.get();
            case ONCE -> once();
            case LOOK -> {
                wishes.add(new Wish.Look());
                yield Map.of();
            }
            default -> Map.of("error", "This agent knows no such request.");
        };
    }

    private Map<String, Object> once() throws InterruptedException {
        CompletableFuture<Answer> answer = new CompletableFuture<>();
        wishes.add(new Wish.Ask(answer));
        try {
            return answer.get().tree();
        } catch (ExecutionException e) {
            return Map.of("error", "The run was not made: " + e.getCause().getMessage());
        }
    }
}
