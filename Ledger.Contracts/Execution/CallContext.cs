using Ledger.Contracts.State;
using Ledger.Contracts.Transactions;
using Ledger.Primitives;

namespace Ledger.Contracts.Execution;

/// <summary>What a contract knows of the call: the block, who acts, and who signed.</summary>
public sealed class CallContext
{
    private readonly IReadOnlyList<TransactionSigner> signers;

    internal CallContext(BlockContext block, IReadOnlyList<TransactionSigner> signers, int actor)
    {
        this.signers = signers;
        Height = block.Height;
        TimeUnixMs = block.TimeUnixMs;
        Heads = block.Heads;
        Actor = signers[actor].Address;
        AsInstitution = StateKeys.Institution(Actor);
        ActorKey = signers[actor].Key;
    }

    /// <summary>The block's height.</summary>
    public ulong Height { get; }

    /// <summary>The block's time, in ms since 1970-01-01 UTC.</summary>
    public long TimeUnixMs { get; }

    /// <summary>The version of the rules that the block is executed by.</summary>
    public uint Rules { get; internal init; } = RulesVersions.First;

    /// <summary>The newest blocks before this one.</summary>
    public RecentHeads Heads { get; }

    /// <summary>Who acts.</summary>
    public Address Actor { get; }

    /// <summary>The state's key of the actor as an institution, which every operation looks up.</summary>
    internal StateKey AsInstitution { get; }

    /// <summary>The actor's key.</summary>
    public PublicKeyBytes ActorKey { get; }

    /// <summary>Who signed the transaction, the actor among them, in the order of the body.</summary>
    public IEnumerable<Address> Signers => signers.Select(static signer => signer.Address);

    /// <summary>The key by which this address signed; null where it did not.</summary>
    public PublicKeyBytes? KeyOf(Address address)
    {
        foreach (TransactionSigner signer in signers)
        {
            if (signer.Address == address)
            {
                return signer.Key;
            }
        }

        return null;
    }

    /// <summary>Whether the transaction bears this address's signature.</summary>
    public bool HasSigned(Address address) => KeyOf(address) is not null;
}
