using Google.Protobuf;
using Ledger.Client.Keys;
using Ledger.Client.Protos;
using Ledger.Client.Sealing;
using Ledger.Client.Trail;
using Ledger.Primitives;

namespace Ledger.Client.Tests.Trail;

/// <summary>An entry says what was committed to, or nothing.</summary>
public sealed class TrailEntryTests
{
    [Test]
    public void An_entry_opens_to_what_was_committed_to()
    {
        using EncryptionKey learner = EncryptionKey.Create();
        TrailEntry entry = Entry();

        Assert.That(
            TrailEntries.TryOpen(Seal(entry, learner), learner, TrailEntries.CommitmentOf(entry), out TrailEntry? read),
            Is.True);
        Assert.That(read, Is.EqualTo(entry));
    }

    [Test]
    public void A_box_that_says_something_else_is_not_believed()
    {
        using EncryptionKey learner = EncryptionKey.Create();
        Hash256 committed = TrailEntries.CommitmentOf(Entry());
        foreach (Action<TrailEntry> change in new Action<TrailEntry>[]
        {
            one => one.Purpose = "statistics",
            one => one.Records++,
            one => one.Verb = "urn:other",
            one => one.Reader = ByteString.CopyFrom(new byte[32]),
            one => one.Grants.Add(2),
            one => one.Salt = TrailEntries.FreshSalt(),
            one => one.Salt = ByteString.Empty,
        })
        {
            TrailEntry changed = Entry();
            change(changed);
            Assert.That(TrailEntries.TryOpen(Seal(changed, learner), learner, committed, out _), Is.False);
        }
    }

    private static TrailEntry Entry() => new()
    {
        Salt = ByteString.CopyFrom(Enumerable.Repeat((byte)1, TrailEntries.SaltBytes).ToArray()),
        Reader = ByteString.CopyFrom(Enumerable.Repeat((byte)2, 32).ToArray()),
        Verb = "urn:verb",
        Purpose = "advice",
        Grants = { 1 },
        Records = 3,
    };

    private static SealedMessage Seal(TrailEntry entry, EncryptionKey to) => SealedMessages.Seal(
        entry.ToByteArray(), [(default, new PublicKeyBytes(to.PublicKey))], TrailEntries.Purpose);
}
