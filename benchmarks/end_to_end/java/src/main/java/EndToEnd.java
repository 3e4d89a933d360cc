// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
// Makes videos at once with the Java SDK, a thread each: it has no call that does not block. Usage: EndToEnd SANDBOX_URL COUNT
import com.alibaba.dashscope.aigc.videosynthesis.VideoSynthesis;
import com.alibaba.dashscope.aigc.videosynthesis.VideoSynthesisParam;
import com.alibaba.dashscope.utils.Constants;
import java.util.ArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

public class EndToEnd {
    static boolean make(int number) {
        try {
            var request = VideoSynthesisParam.builder()
                .apiKey(System.getenv("DASHSCOPE_API_KEY"))
                .model("wan2.2-i2v-flash")
                .prompt("shot " + number)
                .imgUrl("https://example.com/first.png")
                .build();
            var done = new VideoSynthesis().call(request);
            return done.getOutput().getVideoUrl() != null && !done.getOutput().getVideoUrl().isEmpty();
        } catch (Exception failed) {
            return false;
        }
    }

    public static void main(String[] arguments) throws Exception {
        Constants.baseHttpApiUrl = arguments[0] + "/api/v1";
        int count = Integer.parseInt(arguments[1]);
        var threads = Executors.newFixedThreadPool(count);
        var all = new ArrayList<Future<Boolean>>();
        for (int i = 0; i < count; ++i) {
            int number = i;
            all.add(threads.submit(() -> make(number)));
        }
        int made = 0;
        for (var each : all) made += each.get() ? 1 : 0;
        System.out.println(made + " of " + count + " videos");
        System.exit(0);
    }
}
