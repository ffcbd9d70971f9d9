using Google.Protobuf;
using Ledger.Client.Keys;
using Ledger.Client.Transactions;
using Ledger.Contracts.Execution;
using Ledger.Contracts.Protos;
using Ledger.Contracts.Transactions;
using Ledger.Primitives;
using Ledger.Testing;

namespace Ledger.BitFlips;

/// <summary>Four founders, a learner, and the transactions they make; every key is drawn from a seed.</summary>
public sealed class Cast : IDisposable
{
    /// <summary>The time of the genesis document, in ms since 1970-01-01 UTC.</summary>
    public const long Time = 1_700_000_000_000;

    private const int Founders = 4;
    private const int IdBytes = 16;
    private const string Verb = "http://id.tincanapi.com/verb/viewed";
    private readonly Random random;
    private readonly SigningKey learner;

    /// <summary>A cast whose keys follow from a seed.</summary>
    public Cast(int seed)
    {
        random = new Random(seed);
        Identities = [.. Enumerable.Range(0, Founders).Select(_ => Key())];
        Votes = [.. Enumerable.Range(0, Founders).Select(_ => Key())];
        learner = Key();
        GenesisBytes = Founding.Document("Bit flips", Time, Identities, Votes);
        ChainId = GenesisState.Build(GenesisBytes).ChainId;
    }

    /// <summary>The founders' identity keys.</summary>
    public SigningKey[] Identities { get; }

    /// <summary>The founders' vote keys, in the same order.</summary>
    public SigningKey[] Votes { get; }

    /// <summary>The genesis document.</summary>
    public byte[] GenesisBytes { get; }

    /// <summary>Its chain id.</summary>
    public Hash256 ChainId { get; }

    /// <summary>The transactions of a block: first what makes the contracts, then records and new learners.</summary>
    public ParsedTransaction[] ForBlock(ulong height, long time) => height switch
    {
        1 => [Signed(time, learner, Operations.UicCreate()), Signed(time, Identities[0], Operations.PicCreate())],
        2 => [Enrolment(time)],
        3 => [Signed(
            time,
            Identities[0],
            Operations.LlpcCreate(learner.Address, Verb),
            Operations.PicInsert(learner.Address, Verb),
            Operations.UicInsert(learner.Address, Verb),
            Record())],
        _ when height % 3 == 0 => [NewLearner(time), Signed(time, Identities[0], Record())],
        _ => [Signed(time, Identities[0], Record())],
    };

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (SigningKey key in Identities.Concat(Votes).Append(learner))
        {
            key.Dispose();
        }
    }

    private SigningKey Key()
    {
        byte[] secret = new byte[SigningKey.SecretSize];
        random.NextBytes(secret);
        return SigningKey.FromSecret(secret);
    }

    private ParsedTransaction NewLearner(long time)
    {
        using SigningKey other = Key();
        return Signed(time, other, Operations.UicCreate());
    }

    private Operation Record()
    {
        byte[] id = new byte[IdBytes];
        byte[] commitment = new byte[Hash256.Size];
        random.NextBytes(id);
        random.NextBytes(commitment);
        return Operations.LlpcInsert(learner.Address, Verb, [new RecordEntry
        {
            Locator = new Locator { Lrs = 1, QueryTemplate = 1, KeyVersion = 1, HashedId = ByteString.CopyFrom(id) },
            Commitment = ByteString.CopyFrom(commitment),
        }]);
    }

    private ParsedTransaction Signed(long time, SigningKey key, params Operation[] operations) =>
        Parse(TransactionBuilder.Signed(ChainId, time + 60_000, key.Address, key, operations));

    private ParsedTransaction Enrolment(long time)
    {
        TransactionBuilder builder = new(ChainId, time + 60_000);
        int actor = builder.AddSigner(learner.Address, learner.PublicKey);
        builder.AddSigner(Identities[0].Address, Identities[0].PublicKey);
        PendingTransaction transaction =
            builder.AddGroup(actor, Operations.Enrol(learner.Address, Identities[0].Address)).Build();
        transaction.AddSignature(learner);
        transaction.AddSignature(Identities[0]);
        return Parse(transaction);
    }

    private ParsedTransaction Parse(PendingTransaction transaction)
    {
        TransactionReading reading = TransactionReader.Read(
            transaction.ToSignedBytes(), ChainId, Ed25519Verifier.Instance);
        Invariant.That(reading.IsRead);
        return reading.Transaction;
    }
}
