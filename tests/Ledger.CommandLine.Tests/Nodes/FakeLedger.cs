using Google.Protobuf;
using Ledger.Client.Keys;
using Ledger.Client.Transactions;
using Ledger.Contracts.Execution;
using Ledger.Contracts.Protos;
using Ledger.Contracts.State;
using Ledger.Contracts.Transactions;
using Ledger.Primitives;
using Ledger.Testing;

namespace Ledger.CommandLine.Tests.Nodes;

/// <summary>The state of four schools whose keys the test holds, made by the real contracts.</summary>
internal sealed class FakeLedger : IDisposable
{
    private const int Schools = 4;

    // Terms and dates of tests lie between the beginning and now.
    private static readonly TimeSpan Age = TimeSpan.FromDays(10);

    private readonly SigningKey[] votes = [.. Enumerable.Range(0, Schools).Select(static _ => SigningKey.Create())];
    private RecentHeads heads = RecentHeads.Of(0, default);
    private TimeSpan ahead;

    public FakeLedger()
    {
        long start = DateTimeOffset.UtcNow.Subtract(Age).ToUnixTimeMilliseconds();
        GenesisBytes = Founding.Document("Fake", start, Keys, votes);
        GenesisState genesis = GenesisState.Build(GenesisBytes);
        ChainId = genesis.ChainId;
        State = genesis.State;
        TimeUnixMs = start;
    }

    /// <summary>The schools' keys, the same in every ledger: their files are made once.</summary>
    public SigningKey[] Keys { get; } = [.. Enumerable.Range(1, Schools).Select(static place =>
        SigningKey.FromSecret([.. Enumerable.Repeat((byte)(200 + place), SigningKey.SecretSize)]))];

    public byte[] GenesisBytes { get; }

    public Hash256 ChainId { get; }

    public LedgerState State { get; private set; }

    public ulong Height { get; private set; }

    public long TimeUnixMs { get; private set; }

    /// <summary>The next blocks are so much later than now.</summary>
    public void Wait(TimeSpan time) => ahead += time;

    /// <summary>A block of one group, acted by the first signer, which must be accepted; answers its results.</summary>
    public IReadOnlyList<OperationResult> Decide(SigningKey[] signers, params Operation[] operations)
    {
        TransactionBuilder builder = new(ChainId, TransactionBuilder.LastValidFor(DateTimeOffset.UtcNow));
        foreach (SigningKey key in signers)
        {
            builder.AddSigner(key.Address, key.PublicKey);
        }

        PendingTransaction pending = builder.AddGroup(0, operations).Build();
        foreach (SigningKey key in signers)
        {
            pending.AddSignature(key);
        }

        IReadOnlyList<OperationResult> results =
            [.. Execute(Read(pending.ToSignedBytes())).Select(static one => one.Result)];
        Assert.That(results.Select(static one => one.Code), Has.All.EqualTo(ResultCode.Accepted));
        return results;
    }

    /// <summary>The transaction in bytes that a command has sent; fails the test where they are none.</summary>
    public ParsedTransaction Read(byte[] signedBytes)
    {
        TransactionReading reading = TransactionReader.Read(signedBytes, ChainId, Ed25519Verifier.Instance);
        Assert.That(reading.IsRead, Is.True, reading.Refusal?.ToString());
        return reading.Transaction!;
    }

    /// <summary>A block of one transaction.</summary>
    public IReadOnlyList<(OperationPlace Place, OperationResult Result)> Execute(ParsedTransaction transaction)
    {
        Height++;
        TimeUnixMs = Math.Max(TimeUnixMs + 1, DateTimeOffset.UtcNow.Add(ahead).ToUnixTimeMilliseconds());
        BlockResult result = BlockExecutor.Execute(
            State, NoRecords.Instance, new BlockContext(Height, TimeUnixMs, ChainId, heads), [transaction]);
        heads = heads.With(transaction.Id);
        State = result.State;
        return
        [
            .. result.Receipts.Select(static one =>
                (one.Place, OperationResult.Parser.ParseFrom(one.Result.Span))),
        ];
    }

    /// <summary>All entries below a prefix, in order of their keys.</summary>
    public IEnumerable<StateChange> Below(ByteString prefix) => State.Tree.Entries()
        .Where(entry => entry.Key.Raw.Span.StartsWith(prefix.Span))
        .OrderBy(static entry => Convert.ToHexString(entry.Key.Raw.Span), StringComparer.Ordinal);

    public void Dispose()
    {
        foreach (SigningKey key in Keys.Concat(votes))
        {
            key.Dispose();
        }
    }
}
