using Google.Protobuf;
using Ledger.Client.Keys;
using Ledger.Client.Protos;
using Ledger.Client.Sealing;
using Ledger.Contracts.Protos;
using Ledger.Contracts.State;
using Ledger.Node.Cohorts;
using Ledger.Node.Copies;
using Ledger.Node.Custody;
using Ledger.Node.Disclosures;
using Ledger.Node.Notices;
using Ledger.Node.Records;
using Ledger.Node.Records.Connectors;
using Ledger.Node.Records.Import;
using Ledger.Node.Research;
using Ledger.Node.Sealing;
using Ledger.Node.Tests.Support;
using Ledger.Primitives;

namespace Ledger.Node.Tests.Sealing;

/// <summary>
/// Files that an earlier version wrote in clear are read as before, and hold nothing in clear any more.
/// </summary>
public sealed class FormerFilesTests : PlacesFixture
{
    private readonly byte[] id = [.. Enumerable.Repeat((byte)9, Hash256.Size)];

    private string Path => System.IO.Path.Combine(Folder, "former.sqlite");

    [Test]
    public void Custody()
    {
        byte[] range = RangeName.OfRecords(Llpc, Writer).ToRawKey();
        byte[] hashed = [.. Enumerable.Repeat((byte)1, 16)];
        Make(
            FormerFile.Custody,
            ("copies", [Writer.ToArray(), 1L, hashed, range, 4L, 1L, 1_000L, Canary, new byte[32]]));
        using (CustodyStore custody = new(Path, Keys))
        {
            KeptRecord kept = custody.Find(Writer, 1, HashedId.Read(hashed))!;
            Assert.That(kept.Committed.ToArray(), Is.EqualTo(Canary));
            Assert.That(kept.Time.ToUnixTimeMilliseconds(), Is.EqualTo(1_000));
            Assert.That(custody.Count(range), Is.EqualTo(1));
            Assert.That((custody.Has(range, 4), custody.Has(range, 3)), Is.EqualTo((true, false)));
        }

        RequireSilent();
    }

    [Test]
    public void Copies()
    {
        byte[] record = new ReleasedRecord
        {
            Leaf = new RecordLeaf { Index = 2 }, Content = ByteString.CopyFrom(Canary),
        }.ToByteArray();
        Make(
            FormerFile.Copies,
            ("copies", [Learner.ToArray(), Verb, Writer.ToArray(), 2L, 1L, 0L, Writer.ToArray(), 7L, record, Canary]),
            ("journal", [5L, 1_000L, "kept", Learner.ToArray(), Verb, Writer.ToArray(), 1L]));
        using (CopyStore copies = new(Path, Keys))
        {
            KeptCopy copy = copies.Find(Learner, Verb, 0).Single();
            Assert.That((copy.Height, copy.Box, copy.Group.Grant), Is.EqualTo((7UL, Writer, 1UL)));
            Assert.That(copy.Record.Content.ToByteArray(), Is.EqualTo(Canary));
            Assert.That(copy.Receipt, Is.EqualTo(Canary));
            Assert.That(copies.Journal(10).Single(), Is.EqualTo(new CopyJournalEntry(1_000, "kept", Llpc, Writer, 1)));
            Assert.That(copies.Has(Llpc, Writer, 2));
        }

        RequireSilent();
    }

    [Test]
    public void Links()
    {
        Make(
            FormerFile.Links,
            ("links", ["campus", "cursor", 3L, 1L, 0L, 5L, null, null]),
            ("refused",
                [8L, "campus", new byte[32], 1_000L, "id-canary7f3a", "/verb", "required", "No verb.", Canary]));
        using (LinkJournal links = new(Path, Keys, Clock))
        {
            (long number, RefusedRecord record) = links.Refused("campus", 0, 10).Single();
            Assert.That((number, record.Id, record.Rule), Is.EqualTo((8L, "id-canary7f3a", "required")));
            Assert.That(record.Content.ToArray(), Is.EqualTo(Canary));
            Assert.That(links.Read("campus").Cursor, Is.EqualTo("cursor"));
            links.Refuse("campus", record);
            Assert.That(links.Refused("campus", 0, 10), Has.Count.EqualTo(1), "the same one again changes nothing");
        }

        RequireSilent();
    }

    [Test]
    public void Classes()
    {
        Make(
            FormerFile.Classes,
            ("classes", ["c1", "Algebra", "A1"]), ("members", ["c1", 0L, "student", Account + "\nb"]));
        using (RosterBook roster = new(Path, Keys))
        {
            RosterClass found = roster.After("", 10).Single();
            Assert.That((found.Title, found.Members.Single().Role), Is.EqualTo(("Algebra", "student")));
            Assert.That(found.Members.Single().Accounts, Is.EqualTo(new[] { Account, "b" }));
        }

        RequireSilent();
    }

    [Test]
    public void Notices()
    {
        using EncryptionKey former = EncryptionKey.Create();
        SealedMessage content = SealedMessages.Seal(
            new NoticeState { Mail = "canary7f3a@example.org", SetUnixMs = 1_000 }.ToByteArray(),
            [(Writer, new PublicKeyBytes(former.PublicKey))], TaggedHash.Of(Tags.Notice, []));
        Make(FormerFile.Notices, ("addresses", [Learner.ToArray(), content.ToByteArray()]));
        using (NoticeBook notices = new(Path, Keys, former))
        {
            Assert.That(notices.Find(Learner)!.Mail, Is.EqualTo("canary7f3a@example.org"));
            Assert.That(notices.Learners(), Is.EqualTo(new[] { Learner }));
        }

        Assert.That(KeyFolder.HoldsIn(Folder, content.Content.Span), Is.False, "what the node's key opens");
    }

    [Test]
    public void Disclosures()
    {
        byte[] withdrawn = [.. id[1..], 1];
        Make(
            FormerFile.Disclosures,
            ("disclosures", [Learner.ToArray(), id, 1L, 0L, 0L, "For canary7f3a", Canary]),
            ("disclosures", [Learner.ToArray(), withdrawn, 2L, 0L, 1L, "", null]));
        using (DisclosureShelf shelf = new(Path, Keys, Clock))
        {
            ShelvedDisclosure shared = shelf.Find(Learner, new Hash256(id))!;
            Assert.That((shared.State, shared.Words), Is.EqualTo((SharedState.Shared, "For canary7f3a")));
            Assert.That(shared.File, Is.EqualTo(Canary));
            Assert.That(shelf.Find(Learner, new Hash256(withdrawn))!.State, Is.EqualTo(SharedState.Withdrawn));
        }

        RequireSilent();
    }

    [Test]
    public void Cohorts()
    {
        Address[] learners = [.. Enumerable.Range(8, 10).Select(static number => TestLedger.FixedKey(number).Address)];
        Make(
            FormerFile.Cohorts,
            [.. learners.Select(static one => ("parts", new object?[] { 0L, one.ToArray(), 3L }))]);
        using (CohortMemory cohorts = new(Path, Keys))
        {
            Assert.That(cohorts.Answers, Is.EqualTo(1));
            Dictionary<Address, ulong> but = learners[1..].ToDictionary(static one => one, static _ => 3UL);
            Assert.That(cohorts.Judge(Question, but, 5, 1)!.Code, Is.EqualTo("DIFFERS_BY_FEW"));
        }

        RequireSilent(learners[0].ToArray());
    }

    [Test]
    public void Research()
    {
        byte[] key = [.. Enumerable.Repeat((byte)77, 32)];
        Make(
            FormerFile.Research, ("projects", ["project", key]),
            ("told", ["verb", "activity", 3L, 1L, Learner.ToArray(), 4L, 2L, 1L]));
        using (ResearchMemory research = new(Path, Keys))
        {
            Assert.That(research.KeyOf("project"), Is.EqualTo(key));
            IReadOnlyDictionary<UInt128, CellCounts> told =
                research.Told(new ResearchCell("verb", "activity", 3)).Single();
            Assert.That(
                told, Is.EqualTo(research.ByDigest(new Dictionary<Address, CellCounts> { [Learner] = new(4, 2, 1) })));
        }

        RequireSilent(Learner.ToArray(), key);
    }

    private void Make(string tables, params (string Table, object?[] Values)[] rows) =>
        FormerFile.Make(Path, tables, rows);
}
