using System.CommandLine;
using System.Globalization;
using System.Text;
using System.Text.Unicode;
using Google.Protobuf;
using Ledger.Client.Keys;
using Ledger.Client.Nodes;
using Ledger.Client.Protos;
using Ledger.Client.Records;
using Ledger.Client.Tables;
using Ledger.CommandLine.Hosting;
using Ledger.CommandLine.Output;

namespace Ledger.CommandLine.Commands;

/// <summary>Hands a file of records, one a line, to the node's store.</summary>
internal static class RecordImportCommand
{
    /// <summary>Refused lines that are shown; the report file has all of them.</summary>
    private const int ShownMax = 20;

    public static Command Create(CommandHost host)
    {
        Argument<string> file = new("FILE")
        {
            Description = "JSON lines: xAPI statements, Caliper events, rows of BookRoll's log.",
        };
        Option<string?> report = new("--report")
        {
            Description = "Where to write the lines that were refused, and why (CSV).", HelpName = "FILE",
        };
        Option<string?> bookRoll = new("--bookroll")
        {
            Description = "The address of the BookRoll whose log it is.", HelpName = "URI",
        };
        Option<string> offset = new("--bookroll-offset")
        {
            Description = "How far that log's clock is ahead of UTC.", HelpName = "+HH:MM",
            DefaultValueFactory = static _ => "+00:00",
        };
        return host.Verb(
            "import",
            "Hands a file of records to your node's store. A line that is refused stops nothing; a line that the store "
                + "has changes nothing. Exit code 1 when a line was refused.",
            "ledger record import records.jsonl --report refused.csv",
            [file, report, bookRoll, offset],
            async (session, cancellation) =>
            {
                LinesToImport form = new()
                {
                    BookrollAddress = session.Get(bookRoll) ?? "",
                    BookrollOffsetMinutes = ReadOffset(session.Required(offset)),
                };
                LinesReport total = new();
                string path = session.Required(file);
                if (session.ShowsProgress)
                {
                    await ProgressBar.RunAsync(path, new FileInfo(path).Length, done =>
                        ImportAsync(session, path, form, total, done, cancellation)).ConfigureAwait(false);
                }
                else
                {
                    await ImportAsync(session, path, form, total, static _ => { }, cancellation).ConfigureAwait(false);
                }

                if (session.Get(report) is { } reportPath)
                {
                    WriteReport(reportPath, total);
                }

                return AnswerOf(total);
            });
    }

    private static async Task ImportAsync(
        Session session,
        string path,
        LinesToImport form,
        LinesReport total,
        Action<long> done,
        CancellationToken cancellation)
    {
        using FileStream stream = File.OpenRead(path);
        ByteLines lines = new(stream, JsonLimits.RecordBytesMax);
        LinesToImport batch = form.Clone();
        int bytes = 0;
        while (await lines.ReadAsync(cancellation).ConfigureAwait(false) is { } line)
        {
            if (line.IsBlank)
            {
                continue;
            }

            if (FaultOf(line) is { } fault)
            {
                total.Refused.Add(fault);
                continue;
            }

            if (batch.Lines.Count == LedgerClient.ImportLinesMax
                || bytes + line.Bytes.Length > LedgerClient.ImportBytesMax)
            {
                await SendAsync(session, batch, total, cancellation).ConfigureAwait(false);
                batch.Lines.Clear();
                bytes = 0;
                done(stream.Position);
            }

            batch.Lines.Add(new LineToImport { Number = line.Number, Json = ByteString.CopyFrom(line.Bytes.Span) });
            bytes += line.Bytes.Length;
        }

        if (batch.Lines.Count > 0)
        {
            await SendAsync(session, batch, total, cancellation).ConfigureAwait(false);
        }

        done(stream.Length);
    }

    // What is not text would be another record after a reader has made the best of it.
    private static RefusedLine? FaultOf(ByteLine line)
    {
        if (line.IsTooLong)
        {
            return new RefusedLine
            {
                Number = line.Number, Rule = "json.size",
                Message = $"A record is longer than {JsonLimits.RecordBytesMax} bytes.",
            };
        }

        return Utf8.IsValid(line.Bytes.Span)
            ? null
            : new RefusedLine
            {
                Number = line.Number, Rule = "json.utf8", Message = "The line is not well-formed UTF-8.",
            };
    }

    private static async Task SendAsync(
        Session session, LinesToImport batch, LinesReport total, CancellationToken cancellation)
    {
        LinesReport part = await session.Client.ImportLinesAsync(batch, cancellation).ConfigureAwait(false);
        total.Added += part.Added;
        total.Known += part.Known;
        total.LeftOut += part.LeftOut;
        total.Refused.AddRange(part.Refused);
    }

    private static Answer AnswerOf(LinesReport total)
    {
        Answer answer = new Answer()
            .Field("added", total.Added)
            .Field("known", total.Known)
            .Field("left out", total.LeftOut)
            .Field("refused", total.Refused.Count);
        if (total.Refused.Count == 0)
        {
            return answer;
        }

        answer.Table("refused lines", ["line", "path", "rule", "why"], total.Refused.Take(ShownMax).Select(
            static line => new object?[] { line.Number, line.Path, line.Rule, line.Message }));
        return (total.Refused.Count > ShownMax
            ? answer.Note($"{total.Refused.Count - ShownMax} more: --report FILE has all of them.")
            : answer).With(ExitCode.Refused);
    }

    private static void WriteReport(string path, LinesReport total)
    {
        StringBuilder text = new();
        text.Append(CsvTable.Line(["line", "path", "rule", "why"])).Append('\n');
        foreach (RefusedLine line in total.Refused)
        {
            string number = line.Number.ToString(CultureInfo.InvariantCulture);
            text.Append(CsvTable.Line([number, line.Path, line.Rule, line.Message])).Append('\n');
        }

        // It names learners' records: for the owner alone.
        AtomicFile.Write(path, Encoding.UTF8.GetBytes(text.ToString()), overwrite: true);
    }

    private static int ReadOffset(string text)
    {
        bool isAhead = text.StartsWith('+');
        return (isAhead || text.StartsWith('-'))
            && TimeSpan.TryParseExact(text[1..], @"hh\:mm", CultureInfo.InvariantCulture, out TimeSpan offset)
            ? (isAhead ? 1 : -1) * (int)offset.TotalMinutes
            : throw CommandException.WrongUse($"{text} is no offset; write +09:00.");
    }
}
