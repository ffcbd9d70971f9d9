using Ledger.Contracts.Protos;
using Ledger.Primitives;

namespace Ledger.Node.Configuration;

/// <summary>Who needs no checkpoint to join: the institutions that decided the first block.</summary>
public static class FounderSeats
{
    /// <summary>What to do without one.</summary>
    public const string HowToGetACheckpoint =
        "A checkpoint (height and hash of a block) protects it from a false history signed with keys that are retired "
        + "by now. Ask an institution that you trust for one (there: ledger node checkpoint), by telephone or "
        + "in a meeting, and join with --checkpoint HEIGHT:HASH, or with a file of: ledger chain checkpoint FILE.";

    /// <summary>Whether the genesis document gives the institution a seat.</summary>
    public static bool Has(Genesis genesis, Address institution) => genesis.Founders.Any(founder =>
        !founder.VoteKey.IsEmpty && Address.Of(new PublicKeyBytes(founder.IdentityKey.Span)) == institution);
}
