using Ledger.Client.Boxes;
using Ledger.Client.Protos;
using Ledger.Contracts.State;
using Ledger.Primitives;

namespace Ledger.Node.Box;

/// <summary>
/// Judges a request that is its reader's, at one state of the ledger. Nothing else goes into it: neither a store nor a
/// clock. Rule B-5 of <c>docs/secure-box.md</c>.
/// </summary>
public static class ReadJudge
{
    /// <summary>
    /// What the reader may have at a time in ms since 1970-01-01 UTC. All verbs must be open to it: whoever asks for
    /// one that is not learns nothing of the others.
    /// </summary>
    /// <param name="state">The ledger at the head on which the box decides.</param>
    /// <param name="body">The request.</param>
    /// <param name="writersOf">Whose records of an LLPC the box serves.</param>
    /// <param name="timeUnixMs">The greater of the head's time and the clock (F-2).</param>
    public static ReadJudgement Decide(
        IStateView state, BoxRequestBody body, Func<LlpcName, IReadOnlyList<Address>> writersOf, long timeUnixMs)
    {
        Address reader = new(body.Reader.Span);
        if (state.CurrentKey(reader) != new PublicKeyBytes(body.PublicKey.Span))
        {
            return new ReadJudgement([], BoxRefusals.UnknownReader);
        }

        Address learner = new(body.Learner.Span);
        List<VerbPermit> verbs = [];
        BoxRefusal? refusal = null;
        foreach (string verb in body.Verbs)
        {
            LlpcName llpc = new(learner, verb);
            List<WriterPermit> writers = [];
            foreach (Address writer in writersOf(llpc))
            {
                ReadDecision decision = ReadGate.Decide(state, llpc, writer, reader, body, timeUnixMs);
                if (decision.Permit is { } permit)
                {
                    writers.Add(new WriterPermit(writer, permit));
                }
                else
                {
                    refusal ??= decision.Refusal;
                }
            }

            if (writers.Count == 0)
            {
                return new ReadJudgement([], refusal ?? BoxRefusals.NoRight);
            }

            verbs.Add(new VerbPermit(llpc, writers));
        }

        return new ReadJudgement(verbs, null);
    }
}
