using Google.Protobuf;
using Ledger.Client.Protos;
using Ledger.Primitives;

namespace Ledger.Client.Nodes;

/// <summary>What a learner shows to people without an account.</summary>
public sealed partial class LedgerClient
{
    /// <summary>
    /// Has the node keep a disclosure for its link. The caller is the learner, or who consents for it.
    /// </summary>
    public Task<DisclosureStanding> ShareDisclosureAsync(byte[] file, CancellationToken cancellation)
    {
        DisclosureToShare share = new() { File = UnsafeByteOperations.UnsafeWrap(file) };
        return ProvedAsync(options => disclosures.ShareAsync(share, options), cancellation);
    }

    /// <summary>Withdraws one, whether the node keeps it or not.</summary>
    public Task<DisclosureStanding> UnshareDisclosureAsync(Address learner, Hash256 id, CancellationToken cancellation)
    {
        DisclosureQuestion question = new() { Learner = Bytes(learner), Id = Bytes(id) };
        return ProvedAsync(options => disclosures.UnshareAsync(question, options), cancellation);
    }

    /// <summary>What a learner shares and has withdrawn at this node.</summary>
    public Task<SharedList> ListSharedAsync(Address learner, CancellationToken cancellation)
    {
        SharedQuery query = new() { Learner = Bytes(learner) };
        return ProvedAsync(options => disclosures.ListSharedAsync(query, options), cancellation);
    }

    /// <summary>How a disclosure stands; open to anybody.</summary>
    public Task<DisclosureStanding> GetStandingAsync(Address learner, Hash256 id, CancellationToken cancellation)
    {
        DisclosureQuestion question = new() { Learner = Bytes(learner), Id = Bytes(id) };
        return OpenAsync(options => disclosures.GetStandingAsync(question, options), ReadTime, cancellation);
    }
}
