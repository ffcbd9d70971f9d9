using System.Collections.Immutable;
using Ledger.Client.Keys;
using Ledger.Client.Transactions;
using Ledger.Consensus;
using Ledger.Contracts.Execution;
using Ledger.Contracts.Protos;
using Ledger.Contracts.Transactions;
using Ledger.Primitives;
using Ledger.Testing;

namespace Ledger.Node.Tests.Support;

/// <summary>The genesis document of four founders whose keys the test holds, and transactions of its chain.</summary>
internal sealed class TestLedger : IDisposable
{
    public const long Time = 1_700_000_000_000;

    public TestLedger()
        : this(static _ => SigningKey.Create())
    {
    }

    private TestLedger(Func<int, SigningKey> keyOf)
    {
        Identities = [.. Enumerable.Range(0, 4).Select(keyOf)];
        Votes = [.. Enumerable.Range(4, 4).Select(keyOf)];
        GenesisBytes = Founding.Document("Test", Time, Identities, Votes);
        ChainId = GenesisState.Build(GenesisBytes).ChainId;
    }

    /// <summary>One whose keys are the same in every run, as is then the shape of its state tree.</summary>
    public static TestLedger OfFixedKeys() => new(FixedKey);

    /// <summary>The key of a number, the same in every run; those from 8 on are no founder's.</summary>
    public static SigningKey FixedKey(int number) =>
        SigningKey.FromSecret(TaggedHash.Of("test/key"u8, BitConverter.GetBytes(number)).ToArray());

    public SigningKey[] Identities { get; }

    public SigningKey[] Votes { get; }

    public byte[] GenesisBytes { get; }

    public Hash256 ChainId { get; }

    /// <summary>
    /// A transaction without effect; <paramref name="operations"/> of them make it as large as wanted.
    /// </summary>
    public ParsedTransaction Settle(SigningKey signer, long lastValid = Time + 60_000, int operations = 1) => Parse(
        TransactionBuilder.Signed(
            ChainId,
            lastValid,
            signer.Address,
            signer,
            Enumerable.Range(0, operations).Select(_ => Operations.Settle())));

    /// <summary>A transaction that fills almost all the bytes that one may have.</summary>
    public ParsedTransaction Large(SigningKey signer)
    {
        string verb = "https://example.org/" + new string('v', 1000);
        return Parse(TransactionBuilder.Signed(
            ChainId, Time + 60_000, signer.Address, signer,
            Enumerable.Range(0, 240).Select(_ => Operations.UicInsert(signer.Address, verb))));
    }

    public ParsedTransaction Parse(PendingTransaction transaction) => Read(transaction.ToSignedBytes());

    /// <summary>The same of what came over the wire.</summary>
    public ParsedTransaction Read(ReadOnlyMemory<byte> signedBytes)
    {
        TransactionReading reading = TransactionReader.Read(signedBytes, ChainId, Ed25519Verifier.Instance);
        Assert.That(reading.IsRead, Is.True, reading.Refusal?.ToString());
        return reading.Transaction!;
    }

    /// <summary>A transaction of several signers, of whom the first acts.</summary>
    public ParsedTransaction Signed(SigningKey[] signers, params Operation[] operations)
    {
        TransactionBuilder builder = new(ChainId, Time + 60_000);
        foreach (SigningKey key in signers)
        {
            builder.AddSigner(key.Address, key.PublicKey);
        }

        PendingTransaction transaction = builder.AddGroup(0, operations).Build();
        foreach (SigningKey key in signers)
        {
            transaction.AddSignature(key);
        }

        return Parse(transaction);
    }

    /// <summary>The commit votes of three validators.</summary>
    public ImmutableArray<CertificateVote> Sign(ProposalBlock block, ulong view)
    {
        byte[] body = MessageCodec.Encode(new ConsensusMessage.Vote(
            block.Header.Epoch, block.Height, view, VoteKind.Commit, block.Hash));
        Hash256 digest = MessageVerifier.DigestOf(ChainId, body);
        SigningKey[] seats =
            [.. Identities.Zip(Votes).OrderBy(pair => pair.First.Address).Select(pair => pair.Second)];
        return [.. Enumerable.Range(0, 3).Select(seat => new CertificateVote(seat, seats[seat].Sign(digest)))];
    }

    public void Dispose()
    {
        foreach (SigningKey key in Identities.Concat(Votes))
        {
            key.Dispose();
        }
    }
}
