using System.Buffers.Binary;
using System.Security.Cryptography;
using Ledger.Primitives;

namespace Ledger.Consensus.Tests;

/// <summary>Rule P-1. Short and long messages are hashed on different ways, which must not differ.</summary>
[TestFixture]
public sealed class TaggedHashTests
{
    private const int LongestBytes = 2_500;

    [Test]
    public void Every_length_hashes_as_the_platform_hashes_it()
    {
        byte[] bytes = new byte[LongestBytes];
        for (int place = 0; place < bytes.Length; place++)
        {
            bytes[place] = (byte)((place * 131 >> 3) & 255);
        }

        for (int length = 0; length <= bytes.Length; length++)
        {
            ReadOnlySpan<byte> part = bytes.AsSpan(0, length);
            Assert.That(TaggedHash.Of(Tags.StateValue, part), Is.EqualTo(Expected(Tags.StateValue, part)), $"{length}");
        }
    }

    [Test]
    public void A_hash_is_the_same_on_every_thread()
    {
        Hash256 expected = TaggedHash.Of(Tags.StateKey, [1, 2, 3]);
        Hash256[] found = new Hash256[64];

        Parallel.For(0, found.Length, place => found[place] = TaggedHash.Of(Tags.StateKey, [1, 2, 3]));

        Assert.That(found, Is.All.EqualTo(expected));
    }

    [Test]
    public void Every_hash_counts_once_on_its_thread_whatever_its_way()
    {
        long before = Sha256.HashesOfThread;
        TaggedHash.Of(Tags.StateKey, [1, 2, 3]);
        TaggedHash.Of(Tags.StateKey, new byte[LongestBytes]);
        Assert.That(Sha256.HashesOfThread - before, Is.EqualTo(2));
    }

    private static Hash256 Expected(ReadOnlySpan<byte> tag, ReadOnlySpan<byte> part)
    {
        byte[] message = new byte[1 + tag.Length + sizeof(uint) + part.Length];
        message[0] = (byte)tag.Length;
        tag.CopyTo(message.AsSpan(1));
        BinaryPrimitives.WriteUInt32BigEndian(message.AsSpan(1 + tag.Length), (uint)part.Length);
        part.CopyTo(message.AsSpan(1 + tag.Length + sizeof(uint)));
        return new Hash256(SHA256.HashData(message));
    }
}
