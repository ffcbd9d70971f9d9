using System.CommandLine;
using Google.Protobuf;
using Ledger.Client.Audits;
using Ledger.Client.Verification;
using Ledger.CommandLine.Hosting;
using Ledger.CommandLine.Output;
using Ledger.Contracts.Execution;
using Ledger.Contracts.Protos;

namespace Ledger.CommandLine.Commands;

/// <summary>One signed report of what was decided between two heights.</summary>
internal static class AuditCommand
{
    private static readonly AuditSection[] Sections =
        [AuditSection.Votes, AuditSection.Keys, AuditSection.Closures, AuditSection.Memberships];

    public static Command Create(CommandHost host)
    {
        Option<ulong> from = new("--from") { Description = "The first height.", HelpName = "HEIGHT", Required = true };
        Option<ulong> to = new("--to") { Description = "The last height.", HelpName = "HEIGHT", Required = true };
        Option<string> file = new("--out") { Description = "Where to write it.", HelpName = "FILE", Required = true };
        return host.Verb(
            "audit",
            "Writes a signed report of votes, key changes, closures, memberships and refusals between two heights; "
                + "as a member.",
            "ledger audit --from 1 --to 5000 --out 2027.audit",
            [from, to, file],
            async (session, cancellation) =>
            {
                Auditor auditor = new(session.Client, session.Identity, session.ChainId, session.Time);
                ProofFile proof = await auditor.RunAsync(session.Required(from), session.Required(to), cancellation)
                    .ConfigureAwait(false);
                byte[] bytes = proof.ToByteArray();
                VerificationReport report =
                    ProofVerifier.Verify(bytes, session.OpenTrust(checkpoint: null, genesis: null));
                Answer answer = VerifyCommand.Describe(report);
                if (report.Verdict == Verdict.Passed)
                {
                    File.WriteAllBytes(session.Required(file), bytes);
                    answer.Field("file", session.Required(file)).Field("bytes", bytes.Length);
                }

                return answer;
            });
    }

    /// <summary>What a verified report says.</summary>
    public static void Describe(AuditBody body, Answer answer)
    {
        answer.Field("auditor", Parties.Show(body.Auditor))
            .Field("from height", body.FromHeight)
            .Field("from time", Times.Show(body.FromUnixMs))
            .Field("from hash", Convert.ToHexStringLower(body.FromHash.Span))
            .Field("to height", body.ToHeight)
            .Field("to time", Times.Show(body.ToUnixMs))
            .Field("to hash", Convert.ToHexStringLower(body.ToHash.Span))
            .Field("blocks", body.ToHeight - body.FromHeight + 1)
            .Field("transactions", body.Transactions)
            .Field("operations", body.Operations)
            .Field("refused", body.Refused);
        foreach (AuditSection section in Sections)
        {
            answer.Table(
                Hyphenated.Of(section.ToString()),
                ["height", "place", "time", "event", "actor", "subject", "number"],
                body.Lines
                    .Where(line => AuditSections.Of((ContractEventKind)line.Event.Kind) == section)
                    .Select(static line => new object?[]
                    {
                        line.Height, line.Place, Times.Show(line.TimeUnixMs),
                        EventKinds.NameOf((ContractEventKind)line.Event.Kind),
                        Parties.Show(line.Event.Actor), Parties.Show(line.Event.Subject), line.Event.Number,
                    }));
        }

        answer
            .Table("refusals", ["code", "count"], body.Refusals.Select(
                static one => new object?[] { Names.Of((ResultCode)one.Number), one.Count }))
            .Table("refused operations", ["height", "transaction", "group", "operation", "code"],
                body.RefusedOperations.Select(static one => new object?[]
                {
                    one.Height, Convert.ToHexStringLower(one.TransactionId.Span), one.Group, one.Operation,
                    Names.Of((ResultCode)one.Code),
                }))
            .Table("events", ["event", "count"], body.Events.Select(
                static one => new object?[] { EventKinds.NameOf((ContractEventKind)one.Number), one.Count }));
    }
}
