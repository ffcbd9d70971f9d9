using System.CommandLine;
using Google.Protobuf;
using Ledger.Client.Keys;
using Ledger.CommandLine.Hosting;
using Ledger.CommandLine.Output;
using Ledger.Contracts.Protos;

namespace Ledger.CommandLine.Commands;

/// <summary>Fetches the node's signed word that its store took a record in.</summary>
internal static class RecordReceiptCommand
{
    public static Command Create(CommandHost host)
    {
        Argument<string> id = new("ID") { Description = "The statement's or event's id." };
        Option<string> output = new("--out")
        {
            Description = "Where to write it, for you alone.", HelpName = "FILE", Required = true,
        };
        return host.Verb(
            "receipt",
            "Fetches your node's signed word that its store took a record in, with the time. It verifies offline.",
            "ledger record receipt 6f9619ff-8b86-4011-b42d-00c04fc964ff --out intake.proof",
            [id, output],
            async (session, cancellation) =>
            {
                ProofFile receipt = await session.Client.GetIntakeReceiptAsync(session.Required(id), cancellation)
                    .ConfigureAwait(false);
                string path = session.Required(output);
                AtomicFile.Write(path, receipt.ToByteArray(), overwrite: true);
                return new Answer()
                    .Field("file", path)
                    .Note($"Verify it, and compare the record: ledger verify {path} --record statement.json");
            });
    }
}
