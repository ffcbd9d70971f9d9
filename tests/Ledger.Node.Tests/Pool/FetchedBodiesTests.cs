using Ledger.Contracts.Transactions;
using Ledger.Node.Pool;
using Ledger.Node.Tests.Support;
using Ledger.Primitives;

namespace Ledger.Node.Tests.Pool;

public sealed class FetchedBodiesTests
{
    private readonly TestLedger ledger = new();

    [OneTimeTearDown]
    public void DisposeKeys() => ledger.Dispose();

    [Test]
    public void A_body_is_found_until_its_block_is_decided()
    {
        FetchedBodies bodies = new();
        int arrived = 0;
        bodies.Arrived += () => arrived++;
        ParsedTransaction transaction = ledger.Settle(ledger.Identities[0]);

        bodies.Add(transaction);
        Assert.That(bodies.TryGet(transaction.Leaf, out ParsedTransaction? found), Is.True);
        Assert.That(found, Is.SameAs(transaction));
        bodies.OnDecided([transaction.Leaf]);

        Assert.That(bodies.TryGet(transaction.Leaf, out _), Is.False);
        Assert.That(arrived, Is.EqualTo(1));
    }

    [Test]
    public void Only_what_a_block_waits_for_is_wanted()
    {
        FetchedBodies bodies = new();
        ParsedTransaction transaction = ledger.Settle(ledger.Identities[0]);

        Assert.That(bodies.IsWanted(transaction.Leaf), Is.False);
        bodies.Want([transaction.Leaf]);
        Assert.That(bodies.IsWanted(transaction.Leaf), Is.True);
        bodies.Want([Hash256.Zero]);
        Assert.That(bodies.IsWanted(transaction.Leaf), Is.False);
    }

    [Test]
    public void The_oldest_make_room_for_new_ones()
    {
        FetchedBodies bodies = new();
        ParsedTransaction first = ledger.Large(ledger.Identities[0]);
        bodies.Add(first);
        for (long bytes = 0; bytes < FetchedBodies.BytesMax; bytes += first.SignedBytes.Length)
        {
            bodies.Add(ledger.Large(ledger.Identities[0]));
        }

        Assert.That(bodies.TryGet(first.Leaf, out _), Is.False);
    }
}
