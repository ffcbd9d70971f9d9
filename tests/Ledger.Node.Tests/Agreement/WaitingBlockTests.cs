using Ledger.Client.Keys;
using Ledger.Consensus;
using Ledger.Contracts.Transactions;
using Ledger.Node.Agreement;
using Ledger.Node.Tests.Support;
using Ledger.Primitives;

namespace Ledger.Node.Tests.Agreement;

public sealed class WaitingBlockTests
{
    private readonly TestLedger ledger = new();

    [OneTimeTearDown]
    public void DisposeKeys() => ledger.Dispose();

    [Test]
    public void Bodies_stand_in_the_blocks_order_however_they_arrive()
    {
        SigningKey signer = ledger.Identities[0];
        ParsedTransaction[] bodies = [ledger.Settle(signer), ledger.Settle(signer), ledger.Settle(signer)];
        WaitingBlock waiting = new(BlockOf(bodies), ExecutionMode.Fresh);
        List<int> missing = [waiting.Missing.Count];

        foreach (int place in new[] { 2, 0, 1 })
        {
            waiting.Fill(leaf => leaf == bodies[place].Leaf ? bodies[place] : null);
            missing.Add(waiting.Missing.Count);
        }

        Assert.That(missing, Is.EqualTo([3, 2, 1, 0]));
        Assert.That(waiting.Bodies, Is.EqualTo(bodies));
    }

    [Test]
    public void What_is_here_already_is_not_looked_for_again()
    {
        ParsedTransaction[] bodies = [ledger.Settle(ledger.Identities[0]), ledger.Settle(ledger.Identities[0])];
        WaitingBlock waiting = new(BlockOf(bodies), ExecutionMode.Fresh);
        waiting.Fill(leaf => leaf == bodies[0].Leaf ? bodies[0] : null);
        List<Hash256> asked = [];

        waiting.Fill(leaf =>
        {
            asked.Add(leaf);
            return null;
        });

        Assert.That(asked, Is.EqualTo([bodies[1].Leaf]));
        Assert.That(waiting.Missing, Is.EqualTo([1]));
    }

    private static ProposalBlock BlockOf(ParsedTransaction[] bodies)
    {
        BlockHeader header = new()
        {
            Height = 1,
            Epoch = 0,
            ParentHash = Hash256.Zero,
            TimeUnixMs = TestLedger.Time,
            TransactionRoot = MerkleList.Root([.. bodies.Select(body => body.Leaf)]),
            ReceiptRoot = Hash256.Zero,
            StateRoot = Hash256.Zero,
            ValidatorsHash = Hash256.Zero,
            NextValidatorsHash = Hash256.Zero,
        };
        return ProposalBlock.Of(header, [.. bodies.Select(body => body.Leaf)]);
    }
}
