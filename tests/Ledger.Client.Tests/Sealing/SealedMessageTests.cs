using Google.Protobuf;
using Ledger.Client.Keys;
using Ledger.Client.Protos;
using Ledger.Client.Sealing;
using Ledger.Primitives;

namespace Ledger.Client.Tests.Sealing;

/// <summary>What is sealed opens for its recipients alone, for its purpose alone, and unchanged alone.</summary>
public sealed class SealedMessageTests
{
    private static readonly byte[] Content = [.. "who read what"u8];
    private static readonly Hash256 Purpose = TaggedHash.Of(Tags.TrailEntry, []);

    [Test]
    public void Each_recipient_opens_it_and_nobody_else()
    {
        using EncryptionKey learner = EncryptionKey.Create();
        using EncryptionKey box = EncryptionKey.Create();
        using EncryptionKey other = EncryptionKey.Create();
        SealedMessage message = Seal(learner, box);

        Assert.That(SealedMessages.Open(message, learner, Purpose), Is.EqualTo(Content));
        Assert.That(SealedMessages.Open(message, box, Purpose), Is.EqualTo(Content));
        Assert.That(SealedMessages.Open(message, other, Purpose), Is.Null);
        Assert.That(message.ToByteArray().AsSpan().IndexOf(Content), Is.EqualTo(-1));
    }

    [Test]
    public void It_opens_for_its_purpose_alone()
    {
        using EncryptionKey learner = EncryptionKey.Create();
        Assert.That(
            SealedMessages.Open(Seal(learner), learner, TaggedHash.Of(Tags.CustodyPortion, [])), Is.Null);
    }

    [Test]
    public void Changed_bytes_do_not_open()
    {
        using EncryptionKey learner = EncryptionKey.Create();
        foreach (Action<SealedMessage> change in new Action<SealedMessage>[]
        {
            one => one.Content = Changed(one.Content),
            one => one.Nonce = Changed(one.Nonce),
            one => one.Ephemeral = Changed(one.Ephemeral),
            one => one.Keys[0].Key = Changed(one.Keys[0].Key),
            one => one.Keys[0].Nonce = Changed(one.Keys[0].Nonce),
            one => one.Keys[0].Nonce = ByteString.Empty,
            one => one.Content = ByteString.Empty,
            one => one.Keys.Clear(),
        })
        {
            SealedMessage message = Seal(learner);
            change(message);
            Assert.That(SealedMessages.Open(message, learner, Purpose), Is.Null);
        }
    }

    [Test]
    public void Without_a_usable_key_nothing_is_sealed() => Assert.Throws<ArgumentException>(
        () => SealedMessages.Seal(Content, [(default, default)], Purpose));

    private static SealedMessage Seal(params EncryptionKey[] recipients) => SealedMessages.Seal(
        Content, [.. recipients.Select(key => (default(Address), new PublicKeyBytes(key.PublicKey)))], Purpose);

    private static ByteString Changed(ByteString bytes)
    {
        byte[] changed = bytes.ToByteArray();
        changed[0] ^= 1;
        return ByteString.CopyFrom(changed);
    }
}
