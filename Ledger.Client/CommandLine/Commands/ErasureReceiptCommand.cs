using System.CommandLine;
using Google.Protobuf;
using Ledger.Client.Erasure;
using Ledger.Client.Keys;
using Ledger.Client.Nodes;
using Ledger.Client.Protos;
using Ledger.Client.Verification;
using Ledger.CommandLine.Hosting;
using Ledger.CommandLine.Output;
using Ledger.Contracts.Protos;
using Ledger.Contracts.Verbs;
using Ledger.Primitives;

namespace Ledger.CommandLine.Commands;

/// <summary>Asks whoever may have copies of erased records for its word, and writes all words down.</summary>
internal static class ErasureReceiptCommand
{
    private const int OrderDigits = 32;

    /// <summary>A node that was away needs some seconds to follow the ledger; asking more often helps nobody.</summary>
    private static readonly TimeSpan AskAgain = TimeSpan.FromSeconds(5);

    private static readonly string[] Columns = ["holder", "learner", "verb", "records", "as", "state", "why"];

    public static Command Create(CommandHost host)
    {
        Argument<string> order = new("ORDER") { Description = "The order, as its 32 digits." };
        Option<string> output = new("--out")
        {
            Description = "Where to write it, for you alone. Words that a receipt of this order there holds are kept.",
            HelpName = "FILE",
            Required = true,
        };
        Option<int> wait = new("--wait")
        {
            Description = "Seconds to ask again while somebody is open.",
            HelpName = "SECONDS",
            DefaultValueFactory = static _ => 0,
        };
        Option<string?> genesis = VerifyCommand.GenesisOption();
        Option<string?> checkpoint = VerifyCommand.CheckpointOption();
        return host.Verb(
            "receipt",
            "Asks your own node, all who keep or kept your records, and all who read them or had a grant to, for their "
                + "signed word that they hold no copy of what an order erased. Who does not answer is listed as open, "
                + "and asked again by the same command later. Exit code 5 while somebody is open.",
            "ledger erasure receipt 0f3c… --out erasure.proof",
            [order, output, wait, genesis, checkpoint],
            async (session, cancellation) =>
            {
                byte[] name = OrderOf(session.Required(order));
                TrustRoot trust = session.OpenTrust(session.Get(checkpoint), session.Get(genesis));
                string path = session.Required(output);
                ErasureAsker asker = new(session.Identity.Address, trust);
                DateTimeOffset end = session.Time.GetUtcNow().AddSeconds(session.Get(wait));
                ErasureReceipt receipt = Load(path);
                while (true)
                {
                    ErasureView view = await OrderAsync(session, name, cancellation).ConfigureAwait(false);
                    ErasureHolders holders = await session.Client.GetErasureHoldersAsync(name, cancellation)
                        .ConfigureAwait(false);
                    receipt = await AskAsync(session, asker, holders, receipt, cancellation).ConfigureAwait(false);
                    bool isOpen = !ErasureCommands.IsDone(view) || receipt.Holders.Any(IsOpen);
                    if (!isOpen || session.Time.GetUtcNow() >= end)
                    {
                        return Describe(view, holders, receipt, path, isOpen);
                    }

                    await Task.Delay(AskAgain, session.Time, cancellation).ConfigureAwait(false);
                }
            });
    }

    private static byte[] OrderOf(string digits) =>
        digits.Length == OrderDigits && digits.All(char.IsAsciiHexDigit)
            ? Convert.FromHexString(digits)
            : throw CommandException.WrongUse("An order is named by 32 hexadecimal digits. See: ledger erasure list");

    private static async Task<ErasureView> OrderAsync(Session session, byte[] order, CancellationToken cancellation)
    {
        ErasureViews views = await session.Client.GetErasuresAsync(order, cancellation).ConfigureAwait(false);
        return views.Orders.Single();
    }

    // What stands where the receipt is to go is overwritten only where it is a receipt: whose words of it are of use is
    // judged word by word.
    private static ErasureReceipt Load(string path)
    {
        if (!File.Exists(path))
        {
            return new ErasureReceipt();
        }

        try
        {
            if (ProofFile.Parser.ParseFrom(VerifyCommand.Load(path)) is { Erasure: { } receipt })
            {
                return receipt;
            }
        }
        catch (InvalidProtocolBufferException)
        {
            // As below: it is no receipt.
        }

        throw CommandException.WrongUse($"{path} is no receipt of an erasure: name another file.");
    }

    private static async Task<ErasureReceipt> AskAsync(
        Session session,
        ErasureAsker asker,
        ErasureHolders holders,
        ErasureReceipt before,
        CancellationToken cancellation)
    {
        ErasureReceipt receipt = new() { Version = ProofVerifier.Version };
        using BoxClients boxes = new(session);
        foreach (ErasureHolder holder in holders.Holders)
        {
            ErasureHolder told = holder.Clone();
            if (!told.Person)
            {
                ErasureWord? word = before.Words.FirstOrDefault(word => asker.ProblemOf(word, holder) is null);
                try
                {
                    receipt.Words.Add(
                        word ?? await AskAsync(session, boxes, asker, holder, cancellation).ConfigureAwait(false));
                }
                catch (LedgerClientException failure)
                {
                    // Who is away, still holds a copy or gives no word that is one stays listed; others are asked.
                    told.Open = failure.Message;
                }
            }

            receipt.Holders.Add(told);
        }

        return receipt;
    }

    private static async Task<ErasureWord> AskAsync(
        Session session,
        BoxClients boxes,
        ErasureAsker asker,
        ErasureHolder holder,
        CancellationToken cancellation)
    {
        Address address = new(holder.Holder.Span);
        LedgerClient client = address == session.Identity.Address
            ? session.Client
            : await boxes.FindAsync(address, cancellation).ConfigureAwait(false)
                ?? throw new LedgerClientException(
                    ClientFailure.Unreachable, "The ledger names no box of it that can be checked.");
        return await asker.AskAsync(client.AcknowledgeErasureAsync, holder, cancellation).ConfigureAwait(false);
    }

    private static Answer Describe(
        ErasureView view, ErasureHolders holders, ErasureReceipt receipt, string path, bool isOpen)
    {
        Answer answer = new Answer()
            .Field("records", view.Records)
            .Field("out of all files", view.Scrubbed)
            .Field("on the ledger", view.Settled)
            .Field("open", receipt.Holders.Count(IsOpen))
            .Field("reads not shown", holders.ReadsNotShown == 0 ? null : holders.ReadsNotShown)
            .Table("holders", Columns, receipt.Holders.Select(Row));
        if (receipt.Holders.Any(static holder => holder.Reads > 0))
        {
            answer.Note(
                "Readers' words are about what their nodes keep. What somebody saved of a read elsewhere, as by ledger "
                    + "record read --out, no node knows of: ask them.");
        }

        if (receipt.Words.Count > 0)
        {
            AtomicFile.Write(path, new ProofFile { Erasure = receipt }.ToByteArray(), overwrite: true);
            answer.Field("file", path).Note($"It verifies offline: ledger verify {path}");
        }

        return isOpen ? answer.With(ExitCode.Undecided) : answer;
    }

    private static bool IsOpen(ErasureHolder holder) => holder.Open.Length > 0;

    private static object?[] Row(ErasureHolder holder) =>
    [
        Parties.Show(holder.Holder), Parties.Show(holder.Places.Learner),
        VerbTable.Standard.Format(holder.Places.Verb), holder.Places.Indexes.Count, RoleOf(holder),
        holder.Person ? "out of reach" : IsOpen(holder) ? "open" : "acknowledged",
        holder.Person ? "It is no institution, and has no node." : IsOpen(holder) ? holder.Open : null,
    ];

    private static string RoleOf(ErasureHolder holder)
    {
        List<string> roles = [];
        if (holder.Custodian)
        {
            roles.Add("custodian");
        }

        if (holder.Reads > 0)
        {
            roles.Add(FormattableString.Invariant($"reader ({holder.Reads} reads)"));
        }
        else if (holder.Granted)
        {
            roles.Add("grantee");
        }

        return roles.Count == 0 ? "writer" : string.Join(", ", roles);
    }
}
