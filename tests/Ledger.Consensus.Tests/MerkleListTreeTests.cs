using Ledger.Primitives;

namespace Ledger.Consensus.Tests;

public sealed class MerkleListTreeTests
{
    [Test]
    public void A_path_is_read_off_as_it_would_be_hashed()
    {
        for (int count = 1; count <= 70; count++)
        {
            Hash256[] leaves = Leaves(count);
            MerkleListTree tree = new(leaves);
            Assert.That(tree.Count, Is.EqualTo(count));
            for (int index = 0; index < count; index++)
            {
                Hash256[] path = tree.Path(index);
                Assert.That(path, Is.EqualTo(MerkleList.Path(leaves, index)), $"{index} of {count}");
                Assert.That(MerkleList.Verify(
                    MerkleList.Root(leaves), leaves[index], (ulong)index, (ulong)count, path));
            }
        }
    }

    [TestCase(0, 0)]
    [TestCase(3, 3)]
    [TestCase(3, -1)]
    public void A_place_that_the_list_does_not_have_is_refused(int count, int index) =>
        Assert.That(() => new MerkleListTree(Leaves(count)).Path(index), Throws.TypeOf<ArgumentOutOfRangeException>());

    private static Hash256[] Leaves(int count) =>
        [.. Enumerable.Range(1, count).Select(place => TaggedHash.Of("leaf"u8, [(byte)place]))];
}
