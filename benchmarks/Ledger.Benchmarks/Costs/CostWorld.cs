using Google.Protobuf;
using Ledger.Client.Keys;
using Ledger.Client.Transactions;
using Ledger.Contracts.Execution;
using Ledger.Contracts.Identity;
using Ledger.Contracts.Protos;
using Ledger.Contracts.State;
using Ledger.Contracts.Transactions;
using Ledger.Primitives;

namespace Ledger.Benchmarks.Costs;

/// <summary>
/// A ledger in this process with many schools, each with one learner: every call is applied by the node's own code, on
/// a state without anything else in it.
/// </summary>
public sealed class CostWorld : IDisposable
{
    private const long StartMs = 1_700_000_000_000;

    private readonly SigningKey[] schools;
    private readonly SigningKey[] learners;
    private RecentHeads heads = RecentHeads.Of(0, Hash256.Zero);
    private ulong height;

    /// <summary>Founds it with so many schools.</summary>
    public CostWorld(int count)
    {
        schools = [.. Enumerable.Range(0, count).Select(_ => SigningKey.Create())];
        learners = [.. Enumerable.Range(0, count).Select(_ => SigningKey.Create())];
        Genesis genesis = new() { Version = 1, Name = "costs", TimeUnixMs = StartMs };
        for (int school = 0; school < count; school++)
        {
            using SigningKey vote = SigningKey.Create();
            genesis.Founders.Add(new Founder
            {
                Name = FormattableString.Invariant($"School {school}"),
                Domain = FormattableString.Invariant($"school{school}.example"),
                Kind = InstitutionKind.LearningProvider,
                IdentityKey = schools[school].PublicKey.ToField(),
                VoteKey = school < GenesisLimits.SeatsMax ? vote.PublicKey.ToField() : ByteString.Empty,
            });
        }

        GenesisState founded = GenesisState.Build(genesis.ToByteArray());
        ChainId = founded.ChainId;
        State = founded.State;
    }

    /// <summary>The chain.</summary>
    public Hash256 ChainId { get; }

    /// <summary>The state after the last block.</summary>
    public LedgerState State { get; private set; }

    /// <summary>The school of a number.</summary>
    public Address School(int number) => schools[number].Address;

    /// <summary>The learner of a number.</summary>
    public Address Learner(int number) => learners[number].Address;

    /// <summary>The signed bytes of a call, acted by its first signer.</summary>
    public byte[] Sign(CostSigner[] signers, int number, Operation call)
    {
        TransactionBuilder builder = new(ChainId, StartMs + (TransactionLimits.ValidityMs / 2));
        SigningKey[] keys = [.. signers.Select(signer =>
            signer == CostSigner.School ? schools[number] : learners[number])];
        foreach (SigningKey key in keys)
        {
            builder.AddSigner(key.Address, key.PublicKey);
        }

        PendingTransaction transaction = builder.AddGroup(0, call).Build();
        foreach (SigningKey key in keys)
        {
            transaction.AddSignature(key);
        }

        return transaction.ToSignedBytes();
    }

    /// <summary>Applies a block, and requires that every call in it is accepted.</summary>
    public BlockResult Apply(ParsedTransaction[] transactions)
    {
        height++;
        BlockResult result = BlockExecutor.Execute(
            State, NoRecords.Instance, new BlockContext(height, StartMs + (long)height, ChainId, heads), transactions);
        State = result.State;
        heads = heads.With(Hash256.Zero);
        return result;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (SigningKey key in schools.Concat(learners))
        {
            key.Dispose();
        }
    }
}
