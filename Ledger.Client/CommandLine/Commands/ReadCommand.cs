using System.CommandLine;
using System.Text;
using Ledger.Client.Boxes;
using Ledger.Client.Keys;
using Ledger.Client.Protos;
using Ledger.Client.Verification;
using Ledger.CommandLine.Hosting;
using Ledger.CommandLine.Output;
using Ledger.Contracts.Protos;
using Ledger.Contracts.State;
using Ledger.Primitives;

namespace Ledger.CommandLine.Commands;

/// <summary>Reads records through a secure box and verifies them.</summary>
internal static class ReadCommand
{
    public static Command Create(CommandHost host)
    {
        BoxQueryOptions question = new();
        Option<uint> limit = new("--limit") { Description = "At most this many records of each writer." };
        Option<ulong> index = new("--from-index") { Description = "From this sequence number on." };
        Option<string?> output = new("--out")
        {
            Description = "Save what was read, with its proofs.", HelpName = "FILE",
        };
        Option<string?> receipts = new("--receipts")
        {
            Description = "Save a receipt of each record alone.", HelpName = "FOLDER",
        };
        Option<bool> intoStore = new("--into-lrs")
        {
            Description = "Let your own node read and keep copies for its tools, as long as the right lasts.",
        };
        Option<bool> superseded = new("--with-superseded")
        {
            Description = "Also records that a later one of the same writer corrects; else they are left out.",
        };
        BoxFilterOptions filter = new();
        Option<string?> genesis = VerifyCommand.GenesisOption();
        Option<string?> checkpoint = VerifyCommand.CheckpointOption();
        return host.Verb(
            "read",
            "Reads records through an institution's secure box, and verifies every one of them.",
            "ledger record read 3f2a… passed --from kyoto-u.example --out alice.records",
            [
                .. question.All, limit, index, .. filter.All, output, receipts, intoStore, superseded, genesis,
                checkpoint,
            ],
            async (session, cancellation) =>
            {
                TrustRoot trust = session.OpenTrust(session.Get(checkpoint), session.Get(genesis));
                BoxQuery query = await question.ReadAsync(session, cancellation).ConfigureAwait(false) with
                {
                    Limit = session.Get(limit),
                    FromIndex = session.Get(index),
                    Filter = filter.Read(session),
                    WithSuperseded = session.Get(superseded),
                };
                if (session.Get(intoStore))
                {
                    RequireAlone(session, [question.Box, output, receipts], limit, index, superseded);
                    return await RecordCopiesCommand.KeepAsync(session, query, cancellation).ConfigureAwait(false);
                }

                BoxReading reading = await ReadAsync(session, trust, query, session.Get(question.Box), cancellation)
                    .ConfigureAwait(false);
                Answer answer = Describe(reading);
                Save(reading, session.Get(output), session.Get(receipts), answer);
                return answer;
            });
    }

    // The node reads all of it, at the address that the ledger has, and keeps it itself.
    private static void RequireAlone(
        Session session,
        Option<string?>[] others,
        Option<uint> limit,
        Option<ulong> index,
        Option<bool> superseded)
    {
        if (others.Any(other => session.Get(other) is not null)
            || session.Get(limit) > 0
            || session.Get(index) > 0
            || session.Get(superseded))
        {
            throw CommandException.WrongUse(
                "--into-lrs keeps the last word of all records that you may read: leave --box, --limit, --from-index, "
                    + "--out, --receipts and --with-superseded out.");
        }
    }

    private static void Save(BoxReading reading, string? file, string? folder, Answer answer)
    {
        if (file is not null)
        {
            AtomicFile.Write(file, reading.ProofFileBytes, overwrite: false);
            answer.Field("file", file);
        }

        if (folder is null || reading.Report.Verdict == Verdict.Failed)
        {
            return;
        }

        Directory.CreateDirectory(folder);
        int count = 0;
        foreach ((_, ReleasedRecord record, Func<byte[]> proof) in SingleRecord.Receipts(reading.Bundle))
        {
            string name = FormattableString.Invariant(
                $"{count++:D4}-{Convert.ToHexStringLower(record.Leaf.Commitment.Span[..8])}.record");
            AtomicFile.Write(Path.Combine(folder, name), proof(), overwrite: false);
        }

        answer.Field("receipts", folder);
    }

    private static async Task<BoxReading> ReadAsync(
        Session session, TrustRoot trust, BoxQuery query, string? box, CancellationToken cancellation)
    {
        using NamedBox named = await NamedBox.OpenAsync(session, trust, query.Box, box, cancellation)
            .ConfigureAwait(false);
        return await new BoxReader(session.Identity, trust, session.Time)
            .ReadAsync(named.Client, named.Key, query, cancellation).ConfigureAwait(false);
    }

    private static Answer Describe(BoxReading reading)
    {
        Answer answer = VerifyCommand.Describe(reading.Report);
        if (reading.Report.Verdict == Verdict.Failed)
        {
            return answer.Note(
                "The records are not shown because they do not verify. --out saves them for the complaint.");
        }

        Table(answer, reading);
        foreach ((string verb, ulong index) in reading.Unfinished)
        {
            answer.Note(FormattableString.Invariant($"There is more of {verb}: ask again with --from-index {index}."));
        }

        return answer;
    }

    private static void Table(Answer answer, BoxReading reading)
    {
        answer.Table(
            "records",
            ["verb", "writer", "index", "height", "type", "content"],
            reading.Bundle.Verbs.SelectMany(static verb => verb.Writers.SelectMany(writer => writer.Records.Select(
                record => new object?[]
                {
                    verb.Verb, Parties.Show(writer.Writer), record.Leaf.Index, record.Leaf.Height, record.Type,
                        Encoding.UTF8.GetString(record.Content.Span),
                }))));
        if (reading.Superseded.Count > 0)
        {
            answer.Table(
                "superseded",
                ["verb", "writer", "index", "by index"],
                reading.Superseded.Select(static one => new object?[]
                {
                    one.Verb, one.Writer.ToString(), one.Index, one.By,
                }));
        }

        if (reading.Bundle.Asked.Count > 0)
        {
            answer.Table(
                "asked",
                ["id", "state"],
                reading.Bundle.Asked.Select(static one => new object?[] { one.Id, NameOf(one.State) }));
        }
    }

    private static string NameOf(AskedState state) => state.ToString().ToLowerInvariant();
}
