namespace Ledger.Consensus.Tests;

/// <summary>One member floods one replica; memory is looked at while it lasts.</summary>
internal static class FloodRun
{
    public static FloodReport Of(int messages, int largeEvery, int looks)
    {
        TestChain chain = new(4);
        FloodMessages flood = new(chain);
        ScriptedNode node = new(chain, 2);
        long before = GC.GetTotalMemory(forceFullCollection: true);
        long keptMax = 0;
        long bytesSent = 0;
        int verified = 0;
        for (int number = 0; number < messages; number++)
        {
            byte[] bytes = number % largeEvery == 0 ? flood.LargeOne(number / largeEvery) : flood.Small(number);
            bytesSent += bytes.Length;
            verified += Receive(chain, node, bytes) ? 1 : 0;
            if ((number + 1) % (messages / looks) == 0)
            {
                AnswerFalsely(node, flood);
                keptMax = Math.Max(keptMax, Kept(node, before));
            }
        }

        GC.KeepAlive(flood);
        GC.KeepAlive(chain);
        return new FloodReport(messages, messages / largeEvery, bytesSent, verified, keptMax, node.Evidence.Count);
    }

    // As an ingress thread does it: what is kept is what was parsed, not what the flood made.
    private static bool Receive(TestChain chain, ScriptedNode node, byte[] bytes)
    {
        if (!MessageVerifier.TryVerify(
            bytes, chain.ChainId, chain.Set, chain.Keys, out VerifiedMessage? message))
        {
            return false;
        }

        node.Receive(message);
        return true;
    }

    // The member claimed every height, so it is asked, and answers with all but the first block of a portion.
    private static void AnswerFalsely(ScriptedNode node, FloodMessages flood)
    {
        node.Tick(2 * Ticks.BehindBeforeAsking);
        for (ulong height = 2; height <= IPeers.PortionBlocks + 2; height++)
        {
            node.Kernel.Handle(flood.Answer(height));
        }
    }

    // What the test itself notes down is not the replica's.
    private static long Kept(ScriptedNode node, long before)
    {
        node.Sent.Clear();
        node.Requests.Clear();
        long now = GC.GetTotalMemory(forceFullCollection: true);
        GC.KeepAlive(node);
        return now - before;
    }
}
