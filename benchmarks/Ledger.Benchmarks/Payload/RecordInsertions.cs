using Google.Protobuf;
using Ledger.Client.Transactions;
using Ledger.Contracts.Protos;
using Ledger.Primitives;

namespace Ledger.Benchmarks.Payload;

/// <summary>
/// Insertions of records of random learners and verbs. Which learner, verb, locator and commitment an insertion has
/// follows from the seed and its number alone, so that the same command offers the same work.
/// </summary>
public sealed class RecordInsertions(ulong seed, IReadOnlyList<Address> learners, IReadOnlyList<string> verbs)
{
    private const int HashedIdBytes = 16;

    private static readonly byte[] CommitmentTag = "bench/commitment"u8.ToArray();

    private long numbers = -1;

    /// <summary>
    /// The next insertion, of so many records of one learner and verb. May be called from any thread.
    /// </summary>
    public Operation Next(int records)
    {
        ulong number = (ulong)Interlocked.Increment(ref numbers);
        byte[] choice = Draws.Bytes(seed, number, 0);
        return Operations.LlpcInsert(
            learners[Draws.Below(choice, 0, learners.Count)],
            verbs[Draws.Below(choice, sizeof(ulong), verbs.Count)],
            Enumerable.Range(0, records)
                .Select(place => EntryOf(place == 0 ? choice : Draws.Bytes(seed, number, place))));
    }

    private static RecordEntry EntryOf(byte[] drawn) => new()
    {
        Locator = new Locator
        {
            Lrs = 1,
            QueryTemplate = 1,
            KeyVersion = 1,
            HashedId = UnsafeByteOperations.UnsafeWrap(drawn.AsMemory(Hash256.Size - HashedIdBytes)),
        },
        Commitment = UnsafeByteOperations.UnsafeWrap(TaggedHash.Of(CommitmentTag, drawn).ToArray()),
    };
}
