package dev.converge.target;

import dev.converge.diagnostic.Checked;
import dev.converge.diagnostic.Code;
import dev.converge.diagnostic.Diagnostic;
import java.util.ArrayList;
import java.util.List;

/**
 * How many bytes a platform takes as user-data: EC2 and most others {@value #OF_CLOUDS}, before they are encoded for
 * transport; NoCloud any number. cloud-init unpacks what gzip has packed.
 *
 * @param limit none when 0
 */
public record UserDataSize(int limit) {
    static final int OF_CLOUDS = 16_384;

    private static final String PLAIN = "text/cloud-config; charset=utf-8";

    /** That of EC2. */
    public static UserDataSize ofClouds() {
        return new UserDataSize(OF_CLOUDS);
    }

    /** That of NoCloud, and of whatever fetches it by HTTP. */
    public static UserDataSize any() {
        return new UserDataSize(0);
    }

    /** As it is, packed where only that fits, an error where not even that does. */
    Checked<Rendered> fit(byte[] text, List<Diagnostic> warnings) {
        if (limit == 0 || text.length <= limit) {
            return Checked.of(new Rendered(text, PLAIN, true), warnings);
        }
        List<Diagnostic> all = new ArrayList<>(warnings);
        byte[] packed = WrittenFile.packed(text);
        String size = "The user-data has " + text.length + " bytes, of which EC2 and most others take " + limit;
        if (packed.length <= limit) {
            all.add(Diagnostic.warning(
                            Code.TARGET, "User-data packed", size + ": it is packed by gzip, to " + packed.length + ".")
                    .suggest(
                            "Write it to a file with -o FILE, and give that as it is; zcat FILE shows it. Where any size is"
                                    + " taken, as by NoCloud, --max-size 0 leaves it as text."));
            return Checked.of(new Rendered(packed, "application/gzip", false), all);
        }
        all.add(Diagnostic.error(
                        Code.TARGET,
                        "User-data too large",
                        size + ", and even packed by gzip it has " + packed.length + ".")
                .suggest(
                        "Let the machine fetch it: put what --max-size 0 prints where it can reach it, and give it what"
                                + " --part-url URL prints. NoCloud takes any size: --max-size 0."));
        return Checked.failed(all);
    }

    /** User-data that only says where the rest is. */
    public static Rendered fetchedFrom(String url) {
        return new Rendered(CloudYaml.bytes("#include\n" + url + "\n"), "text/x-include-url; charset=utf-8", true);
    }
}
