using Google.Protobuf;
using Ledger.Client.Institutions;
using Ledger.Client.Keys;
using Ledger.Client.Sealing;
using Ledger.Contracts.Protos;
using Ledger.Contracts.Transactions;
using Ledger.Primitives;

namespace Ledger.Client.Tests.Sealing;

/// <summary>What is sealed to members opens for them and for nobody else.</summary>
public sealed class SealedEnvelopeTests
{
    private static readonly Hash256 Chain = TaggedHash.Of(Tags.Genesis, "sealed"u8);
    private static readonly Address Owner = AddressOf("owner");
    private static readonly Address North = AddressOf("north");
    private static readonly Address South = AddressOf("south");

    private EncryptionKey north = null!;
    private EncryptionKey south = null!;

    [SetUp]
    public void MakeKeys()
    {
        north = EncryptionKey.Create();
        south = EncryptionKey.Create();
    }

    [TearDown]
    public void ForgetKeys()
    {
        north.Dispose();
        south.Dispose();
    }

    [Test]
    public void Each_recipient_opens_it()
    {
        ContactCard card = new("Registry", "registry@north.example", "+81 75", "weekdays");
        SealedEnvelope envelope = Seal(card.ToBytes());
        Assert.That(SealedForm.IsRight(envelope), Is.True);
        Assert.That(
            ContactCard.TryParse(SealedEnvelopes.Open(Chain, Owner, envelope, North, north)), Is.EqualTo(card));
        Assert.That(
            ContactCard.TryParse(SealedEnvelopes.Open(Chain, Owner, envelope, South, south)), Is.EqualTo(card));
    }

    [Test]
    public void Nobody_else_does()
    {
        SealedEnvelope envelope = Seal("secret"u8.ToArray());
        Assert.That(SealedEnvelopes.Open(Chain, Owner, envelope, North, south), Is.Null);
        Assert.That(SealedEnvelopes.Open(Chain, Owner, envelope, Owner, north), Is.Null);
        Assert.That(SealedEnvelopes.Open(Chain, North, envelope, North, north), Is.Null, "another owner");
        Assert.That(
            SealedEnvelopes.Open(TaggedHash.Of(Tags.Genesis, "other"u8), Owner, envelope, North, north), Is.Null);
        Assert.That(envelope.ToByteArray().AsSpan().IndexOf("secret"u8), Is.Negative);
    }

    [Test]
    public void Whatever_is_changed_does_not_open()
    {
        byte[] genuine = Seal("secret"u8.ToArray()).ToByteArray();
        int opened = 0;
        for (int bit = 0; bit < genuine.Length * 8; bit++)
        {
            byte[] mutant = [.. genuine];
            mutant[bit / 8] ^= (byte)(1 << (bit % 8));
            if (CanonicalMessage.TryParse(SealedEnvelope.Parser, mutant, out SealedEnvelope? envelope)
                && SealedEnvelopes.Open(Chain, Owner, envelope, North, north) is not null)
            {
                opened++;
            }
        }

        // The other recipient's place is not this one's business: its address, key number and wrapped key.
        int others = genuine.Length - PartOf(genuine.Length);
        Assert.That(opened, Is.LessThanOrEqualTo(others * 8));
    }

    [Test]
    public void What_cannot_be_sealed_is_refused()
    {
        Assert.Throws<ArgumentException>(() => Seal([]));
        Assert.Throws<ArgumentException>(() => Seal(new byte[TransactionLimits.SealedBytesMax + 1]));
        Assert.Throws<ArgumentException>(() => SealedEnvelopes.Seal(Chain, Owner, "x"u8, []));
        Assert.Throws<ArgumentException>(
            () => SealedEnvelopes.Seal(Chain, Owner, "x"u8, [To(North, north), To(North, north)]));
        Assert.Throws<ArgumentException>(
            () => SealedEnvelopes.Seal(Chain, Owner, "x"u8, [new Recipient(North, 1, new byte[32])]));
        Assert.That(Seal(new byte[TransactionLimits.SealedBytesMax]).Keys, Has.Count.EqualTo(2));
    }

    [Test]
    public void The_same_twice_is_two_envelopes()
    {
        SealedEnvelope first = Seal("same"u8.ToArray());
        SealedEnvelope second = Seal("same"u8.ToArray());
        Assert.That(second.Content, Is.Not.EqualTo(first.Content));
        Assert.That(second.EphemeralKey, Is.Not.EqualTo(first.EphemeralKey));
    }

    [TestCase("")]
    [TestCase("{}")]
    [TestCase("""{"name":null,"email":"","phone":"","note":""}""")]
    public void What_is_no_card_is_none(string text) =>
        Assert.That(ContactCard.TryParse(System.Text.Encoding.UTF8.GetBytes(text)), Is.Null);

    private SealedEnvelope Seal(byte[] content) =>
        SealedEnvelopes.Seal(Chain, Owner, content, [To(South, south), To(North, north)]);

    // One recipient's entry: address, number, wrapped key, and the bytes that frame them.
    private static int PartOf(int length) => length - (2 + 2 + 32 + 2 + 2 + 48);

    private static Recipient To(Address address, EncryptionKey key) => new(address, 1, key.PublicKey.ToArray());

    private static Address AddressOf(string name) =>
        new(TaggedHash.Of(Tags.Address, System.Text.Encoding.UTF8.GetBytes(name)));
}
