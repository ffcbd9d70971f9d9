using Ledger.Client.Protos;
using Ledger.Contracts.Protos;
using Ledger.Primitives;

namespace Ledger.Faults;

/// <summary>What of a record store stands on the ledger, counted in the blocks of another node.</summary>
public static class RecordAnchors
{
    /// <summary>What is under way, and what waits, is anchored in seconds; a machine that is busy gets more.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    /// <summary>
    /// Waits until all that was acknowledged is anchored by the store's word, and requires that the ledger holds each
    /// once, by the word of another node; answers how many records there are on the ledger.
    /// </summary>
    /// <exception cref="ObservationException">A record is missing, or stands there twice.</exception>
    public static async Task<int> RequireOnceAsync(Member store, Member other, IReadOnlyCollection<string> acknowledged)
    {
        await Waiting.UntilAsync("nothing waits for the ledger", Patience, async () => await CountAsync(store) is
            { } counts && counts.Keys.All(static state => state == "anchored"));
        IReadOnlyDictionary<string, ulong> stored = await CountAsync(store)
            ?? throw new ObservationException("the store does not answer");
        NodeStatus head = await store.Client.GetStatusAsync(CancellationToken.None);
        await Heads.RequireEqualAsync([store, other], head.Height);
        Dictionary<string, int> anchors = await AnchorsAsync(other, store.Address, head.Height);
        foreach (string id in acknowledged)
        {
            RecordView view = await store.Client.GetRecordAsync(id, CancellationToken.None);
            string key = KeyOf(view.Locator, view.Commitment);
            ObservationException.Require(view.State == "anchored", $"{id} was acknowledged and is {view.State}");
            ObservationException.Require(
                anchors.GetValueOrDefault(key) == 1,
                $"{id} was acknowledged and stands {anchors.GetValueOrDefault(key)} times on the ledger");
        }

        string? twice = anchors.FirstOrDefault(static one => one.Value != 1).Key;
        ObservationException.Require(twice is null, $"a record stands on the ledger more than once: {twice}");
        ObservationException.Require(
            (ulong)anchors.Count == stored["anchored"],
            $"the ledger holds {anchors.Count} records, the store says {stored["anchored"]}");
        return anchors.Count;
    }

    /// <summary>How many records of the store there are by state; null while it does not answer.</summary>
    private static async Task<IReadOnlyDictionary<string, ulong>?> CountAsync(Member store)
    {
        Dictionary<string, ulong> counts = [];
        RecordCountRequest request = new() { Search = new RecordSearch(), By = "state" };
        do
        {
            RecordCounts part = await store.Client.CountRecordsAsync(request, CancellationToken.None);
            foreach (RecordCount one in part.Counts)
            {
                counts[one.Value] = counts.GetValueOrDefault(one.Value) + one.Records;
            }

            request.Search.Cursor = part.Cursor;
        }
        while (request.Search.Cursor != 0);

        return counts.Count == 0 ? null : counts;
    }

    /// <summary>How often each record of a writer was accepted in the blocks up to a height.</summary>
    private static async Task<Dictionary<string, int>> AnchorsAsync(Member node, Address writer, ulong height)
    {
        Dictionary<string, int> anchors = new(StringComparer.Ordinal);
        for (ulong at = 1; at <= height; at++)
        {
            BlockView block = await node.Client.GetBlockAsync(at, withTransactions: true, CancellationToken.None);
            ResultList results = await node.Client.GetResultsAsync(at, CancellationToken.None);
            Dictionary<string, TransactionBody> bodies = block.TransactionIds.Zip(block.Transactions).ToDictionary(
                static pair => pair.First.ToBase64(),
                static pair => TransactionBody.Parser.ParseFrom(pair.Second.Body));
            foreach (PlacedResult placed in results.Results)
            {
                if (OperationResult.Parser.ParseFrom(placed.Result).Code != ResultCode.Accepted)
                {
                    continue;
                }

                TransactionBody body = bodies[placed.TransactionId.ToBase64()];
                Operation operation = body.Groups[(int)placed.Group].Operations[(int)placed.Operation];
                bool isWriters = body.Signers[(int)operation.Actor].Address.Span.SequenceEqual(writer.ToArray());
                foreach (RecordEntry entry in isWriters && operation.LlpcInsert is { } insert ? insert.Records : [])
                {
                    string key = KeyOf(entry.Locator, entry.Commitment);
                    anchors[key] = anchors.GetValueOrDefault(key) + 1;
                }
            }
        }

        return anchors;
    }

    private static string KeyOf(Locator locator, Google.Protobuf.ByteString commitment) =>
        $"{locator.KeyVersion}:{Convert.ToHexStringLower(locator.HashedId.Span)}:"
        + Convert.ToHexStringLower(commitment.Span);
}
