using Ledger.Client.Keys;
using Ledger.Client.Nodes;
using Ledger.Client.Transactions;
using Ledger.Contracts.Protos;
using Ledger.Contracts.Transactions;
using Ledger.Primitives;

namespace Ledger.Client.Tests.Transactions;

/// <summary>A class is asked in as few transactions as the limits allow.</summary>
public sealed class TransactionBatchesTests
{
    private static readonly Hash256 Chain = new(Enumerable.Repeat((byte)9, Hash256.Size).ToArray());

    [TestCase(1, "urn:verb", 1)]
    [TestCase(256, "urn:verb", 1)]
    [TestCase(257, "urn:verb", 2)]
    [TestCase(1_000, "urn:verb", 4)]
    [TestCase(0, "urn:verb", 0)]
    public void Many_are_split_at_the_number_of_groups(int count, string verb, int transactions) =>
        Assert.That(Split(count, verb), Has.Count.EqualTo(transactions));

    [Test]
    public void Long_verbs_are_split_at_the_bytes_of_a_transaction_in_order_and_each_part_is_read()
    {
        IReadOnlyList<PendingTransaction> parts = Split(600, "urn:" + new string('v', 1_000));
        Assert.That(parts, Has.Count.EqualTo(3));
        ulong next = 1;
        foreach (PendingTransaction part in parts)
        {
            byte[] bytes = part.ToSignedBytes();
            Assert.That(bytes, Has.Length.LessThanOrEqualTo(TransactionLimits.TransactionBytesMax));
            Assert.That(TransactionReader.Read(bytes, Chain, Ed25519Verifier.Instance).IsRead, Is.True);
            foreach (Group group in part.Body.Groups)
            {
                Assert.That(group.Operations.Single().LlpcWithdraw.Request, Is.EqualTo(next++));
            }
        }

        Assert.That(next, Is.EqualTo(601));
    }

    private static IReadOnlyList<PendingTransaction> Split(int count, string verb)
    {
        using SigningKey key = SigningKey.Create();
        return TransactionBatches.Of(
            Chain,
            1_700_000_000_000,
            new CallerIdentity(key.Address, key),
            Enumerable.Range(1, count).Select(number => Operations.LlpcWithdraw(key.Address, verb, (ulong)number)));
    }
}
