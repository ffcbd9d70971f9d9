using System.CommandLine;
using Ledger.Client.Protos;
using Ledger.Client.Transactions;
using Ledger.CommandLine.Hosting;
using Ledger.CommandLine.Output;
using Ledger.Contracts.Protos;
using Ledger.Primitives;

namespace Ledger.CommandLine.Commands;

/// <summary>Transactions.</summary>
internal static class TransactionCommands
{
    public static Command Create(CommandHost host) =>
        CommandHost.Noun("tx", "Transactions.", Show(host), Sign(host), Submit(host));

    private static Command Show(CommandHost host)
    {
        Argument<string> id = new("TRANSACTION") { Description = "Its id, or a transaction file." };
        return host.Verb(
            "show",
            "Shows a transaction and what became of it; or what a transaction file asks for.",
            "ledger tx show 7d1e…",
            [id],
            async (session, cancellation) =>
            {
                string named = session.Required(id);
                if (File.Exists(named))
                {
                    return SignedTransactionFiles.Describe(TransactionFile.Read(named));
                }

                TransactionView view = await session.Client.GetTransactionAsync(Ids.Read(named), cancellation)
                    .ConfigureAwait(false);
                Answer answer = TransactionSender.Describe(named, view.Outcome ?? new Client.Protos.Outcome());
                return view.Transaction is not null
                    && CanonicalMessage.TryParse(
                        TransactionBody.Parser, view.Transaction.Body.Span, out TransactionBody? body)
                        ? DescribeBody(answer, body)
                        : answer;
            });
    }

    private static Command Sign(CommandHost host)
    {
        Argument<string> file = new("FILE") { Description = "A transaction file that another party prepared." };
        return host.Verb(
            "sign",
            "Adds your signature to a transaction file; the last one hands it in. What it asks: ledger tx show FILE",
            "ledger tx sign jo.tx",
            [file],
            (session, cancellation) =>
                SignedTransactionFiles.SignAsync(session, session.Required(file), cancellation));
    }

    private static Command Submit(CommandHost host)
    {
        Argument<string> file = new("FILE") { Description = "A transaction file that every signer has signed." };
        return host.Verb(
            "submit", "Hands in a transaction file.", "ledger tx submit enrol.tx", [file], (session, cancellation) =>
            SignedTransactionFiles.SubmitAsync(session, session.Required(file), cancellation));
    }

    private static Answer DescribeBody(Answer answer, TransactionBody body) => answer
        .Table("signers", ["address", "public key"], body.Signers.Select(static signer => new object?[]
        {
            Parties.Show(signer.Address), Convert.ToHexStringLower(signer.PublicKey.Span),
        }))
        .Table("asked", ["group", "actor", "asks to"], body.Groups.SelectMany(
            static (group, place) => group.Operations.Select(
                operation => new object?[] { place, operation.Actor, OperationText.Describe(operation) })));
}
