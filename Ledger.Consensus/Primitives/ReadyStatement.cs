namespace Ledger.Primitives;

/// <summary>
/// What a validator of a new set signs when it is ready for it: the change from one set to another in an epoch, and the
/// head up to which the signer has followed (C-21). Agreement signs it, contracts check it.
/// </summary>
public sealed record ReadyStatement(
    Hash256 ChainId, ulong Epoch, Hash256 OldSet, Hash256 NewSet, ulong HeadHeight, Hash256 HeadHash)
{
    /// <summary>H(ready, chain id, epoch, old set, new set, head height, head hash): what the vote key signs.</summary>
    public Hash256 Digest
    {
        get
        {
            HashBuilder builder = new(Tags.Ready, stackalloc byte[HashBuilder.ScratchBytes]);
            builder.Add(ChainId);
            builder.Add(Epoch);
            builder.Add(OldSet);
            builder.Add(NewSet);
            builder.Add(HeadHeight);
            builder.Add(HeadHash);
            return builder.Finish();
        }
    }
}
