using System.Buffers.Binary;
using Google.Protobuf;
using Ledger.Client.Exports;
using Ledger.Client.Keys;
using Ledger.Client.Tests.Verification;
using Ledger.Client.Verification;
using Ledger.Contracts.Protos;
using Ledger.Contracts.State;
using Ledger.Primitives;

namespace Ledger.Client.Tests.Exports;

/// <summary>
/// A forged export is refused by name: one that others have changed, one in which the learner itself leaves out or adds
/// and signs it, and one in which a school lies about what anybody can compute.
/// </summary>
public sealed class ForgedExportTests
{
    // Odd, so that over the file each bit of a byte is changed; the whole file takes minutes.
    private const int PlacesApart = 13;

    private static readonly string[] Statements =
    [
        SmallChain.AnyStatement,
        SmallChain.AnyStatement.Replace("000000000001", "000000000002", StringComparison.Ordinal),
    ];

    private SmallChain chain = null!;

    private static IEnumerable<TestCaseData> Lies =>
    [
        Lie("without records of a contract", "holds records of", static draft =>
            draft.Parts.Remove(draft.First(ExportPart.ContentOneofCase.Records))),
        Lie("without the word's first part", "is not the next one", static draft =>
            draft.Parts.Remove(draft.First(ExportPart.ContentOneofCase.Word))),
        Lie("without the word's last part", "ends before its last part", static draft =>
            draft.Parts.RemoveAt(draft.Parts.Count - 1)),
        Lie("a word behind the last", "is not the next one", static draft =>
            draft.Parts.Add(draft.Parts[^1].Clone())),
        Lie("without the trail", "does not prove who read", static draft =>
            draft.Parts.Remove(draft.First(ExportPart.ContentOneofCase.Trail))),
        Lie("a trail with a read that never was", "do not give the value", static draft =>
            draft.First(ExportPart.ContentOneofCase.Trail).Trail.Leaves.Add(new TrailLeaf
            {
                Height = 3,
                Institution = ByteString.CopyFrom(new byte[32]),
                Commitment = ByteString.CopyFrom(new byte[32]),
            })),
        Lie("a trail that ends with another value", "the value of something else", static draft =>
            draft.First(ExportPart.ContentOneofCase.Trail).Trail.Value =
                draft.First(ExportPart.ContentOneofCase.Key).Key),
        Lie("a trail of somebody else", "no trail of the learner", static draft =>
            draft.First(ExportPart.ContentOneofCase.Trail).Trail.Learner = ByteString.CopyFrom(new byte[32])),
        Lie("without an entry of the index", "entries of the index", static draft =>
            draft.Parts.Remove(draft.Parts.First(static part => part.States?.Keys.Count == 2))),
        Lie("without a contract", "of which the file has no contract", static draft =>
            draft.Parts.Remove(PageOf(draft, StateKind.Llpc))),
        Lie("without the index", "does not prove the index", static draft =>
            draft.Parts.Remove(PageOf(draft, StateKind.UserIndex))),
        Lie("a page of the state twice", "stands twice", static draft =>
            draft.Parts.Insert(3, draft.First(ExportPart.ContentOneofCase.States).Clone())),
        Lie("another value of the state", "not shown to be so", static draft =>
            draft.First(ExportPart.ContentOneofCase.States).States.Keys[0].Value = ByteString.CopyFrom(8, 99)),
        Lie("a receipt with another result", "does not hold this result", static draft =>
            draft.First(ExportPart.ContentOneofCase.Receipt).Receipt.Result = ByteString.CopyFrom(8, 9)),
        Lie("without the school's key", "proves no key", static draft =>
            draft.Parts.Remove(draft.Parts.Last(static part => part.Key is { Key.Length: > 33 }))),
        Lie("without proof that the school is one", "is an institution", static draft =>
            draft.Parts.Remove(draft.Parts.Last(static part => part.Key is { Key.Length: 33 }))),
        Lie("a changed record", "MISMATCH", static draft => draft.ChangeBundle(static bundle =>
            bundle.Verbs[0].Writers[0].Records[0].Content = ByteString.CopyFromUtf8(
                SmallChain.AnyStatement.Replace("b.example/1", "b.example/2", StringComparison.Ordinal)))),
        Lie("a record withheld", "withholds 1", static draft => draft.ChangeBundle(static bundle =>
        {
            bundle.Verbs[0].Writers[0].Records.RemoveAt(1);
            bundle.Verbs[0].Writers[0].Withheld = 1;
        })),
        Lie("a record said to be erased", "no tombstone", static draft => draft.ChangeBundle(static bundle =>
        {
            WriterRecords writer = bundle.Verbs[0].Writers[0];
            writer.Erased.Add(new ErasedRecord
            {
                RecordHeight = 3, ErasedHeight = 4, Proof = writer.Records[1].Proof.Clone(),
            });
            writer.Records.RemoveAt(1);
        })),
        Lie("a range that ends early", "the file tells of 1", static draft => draft.ChangeBundle(static bundle =>
        {
            bundle.Verbs[0].Writers[0].Records.RemoveAt(1);
            bundle.Verbs[0].Writers[0].NextIndex = 1;
        })),
        Lie("a narrowed question", "asks for a part alone", static draft => draft.ChangeBundle(
            static _ => { }, static asked => asked.Filter = new Ledger.Client.Protos.BoxFilter { FromUnixMs = 1 })),
        Lie("the last words alone", "asks for a part alone", static draft => draft.ChangeBundle(
            static _ => { }, static asked => asked.WithSuperseded = false)),
        Lie("another reader's question", "not the maker's", static draft => draft.ChangeBundle(
            static _ => { }, static asked => asked.Reader = ByteString.CopyFrom(new byte[32]))),
        Lie("an answer that the box did not sign", "not signed", static draft =>
            draft.First(ExportPart.ContentOneofCase.Records).Records.Signature = ByteString.CopyFrom(new byte[64])),
        Lie("a word for another file", "for another file", static draft => draft.ChangeWord(
            0, static body => body.Random = ByteString.CopyFrom(Enumerable.Repeat((byte)1, 16).ToArray()))),
        Lie("a word about another learner", "for another file", static draft => draft.ChangeWord(
            0, static body => body.Learners[0] = ByteString.CopyFrom(new byte[32]))),
        Lie("a word that the school did not sign", "not signed", static draft =>
            draft.First(ExportPart.ContentOneofCase.Word).Word.Signature = ByteString.CopyFrom(new byte[64])),
        Lie("a record in a word that is another one", "MISMATCH", static draft => draft.ChangeWord(
            0, static body => body.Items[2].Record.Commitment = ByteString.CopyFrom(new byte[32]))),
        Lie("another attachment", "MISMATCH", static draft => draft.ChangeWord(
            1, static body => body.Items[1].Attachment.Content = ByteString.CopyFrom(9))),
        Lie("a piece left out", "left out", static draft => draft.ChangeWord(
            1, static body => body.Items.RemoveAt(0))),
        Lie("a read that is not what was committed", "a read", static draft => draft.ChangeWord(
            1,
            static body => body.Items.Add(new HeldItem
            {
                Read = new HeldRead { Commitment = ByteString.CopyFrom(new byte[32]) },
            }))),
        Lie("a purpose that is not what was committed", "a purpose", static draft => draft.ChangeWord(
            1,
            static body => body.Items.Add(new HeldItem
            {
                Purpose = new HeldPurpose { Commitment = ByteString.CopyFrom(new byte[32]) },
            }))),
        Lie("an item that says nothing", "says nothing", static draft => draft.ChangeWord(
            1, static body => body.Items.Add(new HeldItem()))),
        Lie("another address that is not the learner's", "was merged into", static draft =>
        {
            ByteString other = ByteString.CopyFrom(new byte[32]);
            draft.Head.Learners.Add(other);
            draft.ChangeWord(0, body => body.Learners.Add(other));
            draft.ChangeWord(1, body => body.Learners.Add(other));
        }),
        Lie("another chain", "another chain", static draft =>
            draft.Head.ChainId = ByteString.CopyFrom(new byte[32])),
        Lie("another version", "Version 9", static draft => draft.Head.Version = 9),
        Lie("a head without a learner", "neither a learner", static draft => draft.Head.Learners.Clear()),
        Lie("no head", "does not begin with a head", static draft => draft.Parts.RemoveAt(0)),
        Lie("two heads", "has one head", static draft => draft.Parts.Add(draft.Parts[0].Clone())),
        Lie("a reason that is none", "does not say what is missing", static draft =>
            draft.Missing.Add(new MissingSchool { Institution = draft.Head.Maker, What = MissingWhat.Word })),
    ];

    [OneTimeSetUp]
    public void Begin()
    {
        chain = new SmallChain();
        chain.AnchorStatements(Statements);
    }

    [OneTimeTearDown]
    public void End() => chain.Dispose();

    [Test]
    public void A_genuine_file_passes_and_says_what_it_holds()
    {
        VerificationReport report = new ExportDraft(chain, Statements).Verify();
        Assert.That(report.Verdict, Is.EqualTo(Verdict.Passed), Text(report));
        ExportFindings found = report.Export!;
        Assert.That(found.Ranges.Single().Returned, Is.EqualTo(2));
        Assert.That(found.Schools.Single().Words, Is.EqualTo(2));
        Assert.That((found.ReadsCounted, found.Receipts), Is.EqualTo(((ulong?)0, 1)));
    }

    [TestCaseSource(nameof(Lies))]
    public void A_file_that_leaves_out_or_adds_is_refused_by_name(Action<ExportDraft> lie, string why)
    {
        ExportDraft draft = new(chain, Statements);
        lie(draft);
        Refused(draft.Verify(), why);
    }

    [Test]
    public void Who_is_named_as_missing_leaves_the_file_undecided_and_not_refused()
    {
        ExportDraft draft = new(chain, Statements);
        draft.Parts.RemoveAll(static part => part.Records is not null || part.Word is not null);
        foreach (MissingWhat what in (MissingWhat[])[MissingWhat.Records, MissingWhat.Word])
        {
            draft.Missing.Add(new MissingSchool
            {
                Institution = ByteString.CopyFrom(chain.School.Address.ToArray()), What = what, Reason = "Away.",
            });
        }

        VerificationReport report = draft.Verify();
        Assert.That(report.Verdict, Is.EqualTo(Verdict.Unknown), Text(report));
        Assert.That(report.Export!.Missing, Has.Count.EqualTo(2));
        Assert.That(Text(report), Does.Contain("Away."));
    }

    [Test]
    public void A_stranger_cannot_sign_for_the_learner_nor_a_learner_as_a_school()
    {
        using SigningKey stranger = SigningKey.Create();
        ExportDraft signed = new(chain, Statements) { Signer = stranger };
        Refused(signed.Verify(), "not signed");

        ExportDraft draft = new(chain, Statements);
        draft.Parts.RemoveAll(static part => part.Records is not null || part.Word is not null);
        SchoolWordBody body = new()
        {
            ChainId = draft.Head.ChainId, Institution = draft.Head.Maker, Learners = { draft.Head.Learners },
            Random = draft.Head.Random, Last = true,
        };
        draft.Parts.Add(new ExportPart { Word = draft.Sign(body, chain.Learner) });
        Refused(draft.Verify(), "is an institution");
    }

    [Test]
    public void Wherever_a_bit_is_changed_or_the_file_is_cut_it_does_not_pass_and_nothing_stands_behind_its_end()
    {
        ExportDraft draft = new(chain, Statements);
        byte[] file = draft.ToFile();
        List<int> accepted = [];
        Parallel.For(0, file.Length / PlacesApart, number =>
        {
            int place = number * PlacesApart;
            byte[] forged = [.. file];
            forged[place] ^= (byte)(1 << (place % 8));
            bool isAccepted = draft.Verify(forged).Verdict == Verdict.Passed;
            if (isAccepted || draft.Verify(file[..place]).Verdict == Verdict.Passed)
            {
                lock (accepted)
                {
                    accepted.Add(place);
                }
            }
        });
        Assert.That(accepted, Is.Empty);
        Refused(draft.Verify([.. file, 0]), "behind the end");
        Refused(draft.Verify(file[..^1]), "cut off");
        Refused(draft.Verify("something else"u8.ToArray()), "no learner's export");
        Refused(draft.Verify([.. ExportReader.FirstLine, 0xff, 0xff, 0xff, 0xff]), "no length");
    }

    [Test]
    public void Parts_that_change_places_are_not_those_that_were_signed()
    {
        ExportDraft draft = new(chain, Statements);
        byte[] file = draft.ToFile();
        ExportReader reader = new(new MemoryStream(file), chain.ChainId);
        ExportPart[] parts = [.. reader.Parts()];
        using MemoryStream stream = new();
        stream.Write(ExportReader.FirstLine);
        (parts[3], parts[4]) = (parts[4], parts[3]);
        foreach (ExportPart part in parts)
        {
            byte[] bytes = part.ToByteArray();
            byte[] length = new byte[sizeof(int)];
            BinaryPrimitives.WriteInt32BigEndian(length, bytes.Length);
            stream.Write(length);
            stream.Write(bytes);
        }

        Refused(draft.Verify(stream.ToArray()), "changed, or moved");
    }

    [Test]
    public void A_file_of_another_chain_is_none_here()
    {
        using SmallChain other = new("another");
        byte[] file = new ExportDraft(chain, Statements).ToFile();
        Refused(ExportCheck.Run(new MemoryStream(file), other.Trust), "another chain");
    }

    private static void Refused(VerificationReport report, string why)
    {
        Assert.That(report.Verdict, Is.EqualTo(Verdict.Failed), Text(report));
        Assert.That(
            report.Steps.Where(static step => step.Verdict == Verdict.Failed).Select(static step => step.Sentence),
            Has.Some.Contains(why));
        Assert.That(report.Export, Is.Null);
    }

    private static string Text(VerificationReport report) => string.Join(
        '\n', report.Steps.Select(static step => $"{step.Verdict} {step.Name}: {step.Sentence}"));

    private static ExportPart PageOf(ExportDraft draft, StateKind kind) =>
        draft.Parts.First(part => part.States is { } page && page.Keys[0].Key[0] == (byte)kind);

    private static TestCaseData Lie(string name, string why, Action<ExportDraft> lie) =>
        new TestCaseData(lie, why).SetArgDisplayNames(name);
}
