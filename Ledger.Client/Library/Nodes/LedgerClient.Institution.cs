using Google.Protobuf;
using Ledger.Client.Protos;
using Ledger.Primitives;

namespace Ledger.Client.Nodes;

/// <summary>What an institution asks of its own node; the caller must hold that institution's identity key.</summary>
public sealed partial class LedgerClient
{
    /// <summary>Pairs a tool's account with a learner, or takes the pair away; known to the node alone.</summary>
    public Task PairLearnerAsync(string actorKey, Address? learner, CancellationToken cancellation)
    {
        PairRequest request = new()
        {
            ActorKey = actorKey,
            Learner = learner is { } address ? Bytes(address.Value) : ByteString.Empty,
        };
        return ProvedAsync(options => institution.PairLearnerAsync(request, options), cancellation);
    }

    /// <summary>Accounts and their learners, a page.</summary>
    public Task<PairPage> ListPairsAsync(PageRequest page, CancellationToken cancellation) =>
        ProvedAsync(options => institution.ListPairsAsync(page, options), cancellation);

    /// <summary>
    /// A record of the node's learning record store: commitment, locator, and how far it is on its way to the ledger.
    /// </summary>
    public Task<RecordView> GetRecordAsync(string id, CancellationToken cancellation) =>
        ProvedAsync(options => institution.GetRecordAsync(new RecordRequest { Id = id }, options), cancellation);
}
