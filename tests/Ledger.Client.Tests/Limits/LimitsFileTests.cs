using Google.Protobuf;
using Ledger.Client.Keys;
using Ledger.Client.Limits;
using Ledger.Client.Protos;
using Ledger.Contracts.State;
using Ledger.Primitives;

namespace Ledger.Client.Tests.Limits;

/// <summary>The limits of a grant on their way to its grantee.</summary>
public sealed class LimitsFileTests
{
    private static readonly Hash256 Chain = new(Enumerable.Repeat((byte)9, Hash256.Size).ToArray());
    private static readonly Hash256 OtherChain = new(Enumerable.Repeat((byte)8, Hash256.Size).ToArray());
    private static readonly Address Somebody = new(Enumerable.Repeat((byte)1, Address.Size).ToArray());
    private static readonly LlpcName Llpc = new(Somebody, "urn:verb");

    [Test]
    public void The_grantee_opens_what_was_sealed_to_it_and_nobody_else_does()
    {
        using EncryptionKey grantee = EncryptionKey.Create();
        using EncryptionKey other = EncryptionKey.Create();
        LimitsOpening[] openings =
        [
            LimitsCommitment.Open(new GrantLimits { ReadsMax = 3 }),
            LimitsCommitment.Open(new GrantLimits { Activities = { "urn:canary" } }),
        ];
        byte[] file = LimitsFile.Seal(Chain, Llpc, Somebody, grantee.PublicKey, openings);

        Assert.That(LimitsFile.Open(Chain, Llpc, file, grantee), Is.EqualTo(openings));
        Assert.That(LimitsFile.Open(Chain, Llpc, file, other), Is.Null);
        Assert.That(file.AsSpan().IndexOf("urn:canary"u8), Is.Negative, "Limits do not stand in clear.");
        Assert.That(LimitsFile.Open(OtherChain, Llpc, file, grantee), Is.Null);
        Assert.That(LimitsFile.Open(Chain, new LlpcName(Somebody, "urn:other"), file, grantee), Is.Null);
        Assert.That(
            LimitsFile.Seal(Chain, Llpc, Somebody, grantee.PublicKey, openings), Is.Not.EqualTo(file),
            "Each sealing has a key of its own.");
    }

    [Test]
    public void A_file_that_was_changed_anywhere_opens_nothing()
    {
        using EncryptionKey grantee = EncryptionKey.Create();
        byte[] file = LimitsFile.Seal(
            Chain, Llpc, Somebody, grantee.PublicKey, [LimitsCommitment.Open(new GrantLimits { ReadsMax = 3 })]);
        int sealedFrom = file.AsSpan().IndexOf(SealedLimits.Parser.ParseFrom(file).Sealed.ToByteArray());
        for (int place = sealedFrom; place < file.Length; place++)
        {
            byte[] changed = [.. file];
            changed[place] ^= 1;
            Assert.That(LimitsFile.Open(Chain, Llpc, changed, grantee), Is.Null, $"byte {place}");
        }

        Assert.That(LimitsFile.Open(Chain, Llpc, [], grantee), Is.Null);
        Assert.That(LimitsFile.Open(Chain, Llpc, new byte[LimitsFile.FileBytesMax + 1], grantee), Is.Null);
    }

    [Test]
    public void Nothing_is_sealed_to_a_weak_key() => Assert.Throws<ArgumentException>(() =>
        LimitsFile.Seal(Chain, Llpc, Somebody, new byte[EncryptionKey.KeySize], []));
}
