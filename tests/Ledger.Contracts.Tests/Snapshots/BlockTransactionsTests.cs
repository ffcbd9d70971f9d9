using Ledger.Contracts.Snapshots;
using Ledger.Contracts.Tests.Support;
using Ledger.Contracts.Transactions;
using Ledger.Primitives;

namespace Ledger.Contracts.Tests.Snapshots;

public sealed class BlockTransactionsTests
{
    [Test]
    public void Pairs_are_those_of_the_header_and_every_changed_byte_is_refused([Values(0, 1, 7)] int count)
    {
        TestRandom random = new(5);
        Hash256[] ids = [.. Enumerable.Range(0, count).Select(_ => random.Hash())];
        Hash256[] lists = [.. Enumerable.Range(0, count).Select(_ => random.Hash())];
        Hash256[] leaves = [.. ids.Select((id, place) => TransactionId.Leaf(id, lists[place]))];
        Hash256 root = MerkleList.Root(leaves);
        byte[] pairs = BlockTransactions.Encode(ids, lists);

        Assert.That(BlockTransactions.TryRead(pairs, root, out BlockTransactions? read), Is.True);
        Assert.That(read!.Ids, Is.EqualTo(ids));
        Assert.That(read.SignatureLists, Is.EqualTo(lists));
        Assert.That(read.Leaves, Is.EqualTo(leaves));
        for (int place = 0; place < pairs.Length; place++)
        {
            byte[] changed = [.. pairs];
            changed[place] ^= 1;
            Assert.That(BlockTransactions.TryRead(changed, root, out _), Is.False);
        }

        Assert.That(BlockTransactions.TryRead([.. pairs, 0], root, out _), Is.False);
        Assert.That(BlockTransactions.TryRead([.. pairs, .. new byte[64]], root, out _), Is.False);
    }
}
