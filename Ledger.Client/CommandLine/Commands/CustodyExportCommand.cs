using System.CommandLine;
using System.Runtime.CompilerServices;
using Ledger.Client.Custody;
using Ledger.Client.Protos;
using Ledger.CommandLine.Hosting;
using Ledger.CommandLine.Output;
using Ledger.Primitives;

namespace Ledger.CommandLine.Commands;

/// <summary>Writes what an institution hands to its custodian into a sealed file.</summary>
internal static class CustodyExportCommand
{
    public static Command Create(CommandHost host)
    {
        Argument<string> custodian = new("CUSTODIAN") { Description = "Its address or domain." };
        Option<string> output = new("--out") { Description = "The file.", HelpName = "FILE", Required = true };
        return host.Verb(
            "export",
            "Writes the records of your institution's node, and what the reads at its box were, into a file that the "
                + "custodian's node alone can open. Exit code 5 when it no longer has some of them.",
            "ledger custody export archive.example --out kyoto.custody",
            [custodian, output],
            async (session, cancellation) =>
            {
                Address keeper = await Parties.ReadInstitutionAsync(
                    session, session.Required(custodian), cancellation).ConfigureAwait(false);
                Totals totals = new();
                int portions = await CustodyFile.WriteAsync(
                    session.Required(output),
                    session.ChainId,
                    session.Identity.Address,
                    keeper,
                    PortionsAsync(session, keeper, totals, cancellation),
                    cancellation).ConfigureAwait(false);
                Answer answer = new Answer()
                    .Field("file", session.Required(output))
                    .Field("portions", portions)
                    .Field("records", totals.Records)
                    .Field("missing", totals.Missing)
                    .Field("reads", totals.Reads)
                    .Field("missing reads", totals.MissingReads);
                return totals.Missing + totals.MissingReads == 0 ? answer : answer.With(ExitCode.Undecided);
            });
    }

    private static async IAsyncEnumerable<SealedMessage> PortionsAsync(
        Session session, Address custodian, Totals totals, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await foreach (ExportPortion portion in session.Client.ExportAsync(custodian, cancellation)
            .ConfigureAwait(false))
        {
            totals.Records += portion.Records;
            totals.Missing += portion.Missing;
            totals.Reads += portion.Reads;
            totals.MissingReads += portion.MissingReads;
            if (portion.Content is not null)
            {
                yield return portion.Content;
            }
        }
    }

    private sealed class Totals
    {
        public ulong Records { get; set; }

        public ulong Missing { get; set; }

        public ulong Reads { get; set; }

        public ulong MissingReads { get; set; }
    }
}
