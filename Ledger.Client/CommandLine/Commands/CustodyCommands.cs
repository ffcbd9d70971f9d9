using System.CommandLine;
using System.Security.Cryptography;
using Ledger.Client.Transactions;
using Ledger.CommandLine.Hosting;
using Ledger.CommandLine.Output;
using Ledger.Contracts.Protos;
using Ledger.Primitives;

namespace Ledger.CommandLine.Commands;

/// <summary>Who keeps records when the institution that wrote them cannot.</summary>
internal static class CustodyCommands
{
    public static Command Create(CommandHost host) => CommandHost.Noun(
        "custody",
        "Who keeps records when the institution that wrote them cannot.",
        Plan(host),
        Withdraw(host),
        Offer(host),
        Accept(host),
        End(host),
        CustodyListCommand.Create(host),
        CustodyCheckCommand.Create(host),
        CustodyExportCommand.Create(host),
        CustodyImportCommand.Create(host));

    private static Argument<string> ClientArgument() => new("CLIENT")
    {
        Description = "Whose records: an institution (address or domain), a learner's address, or me.",
    };

    private static Argument<string> ProviderArgument() => new("PROVIDER")
    {
        Description = "Who keeps them: address, domain, or me.",
    };

    private static Argument<ulong> AgreementArgument() => new("AGREEMENT") { Description = "Its number." };

    private static Argument<ulong> PlanArgument() => new("PLAN") { Description = "The provider's plan, by number." };

    private static Command Plan(CommandHost host)
    {
        Argument<string> name = new("NAME") { Description = "What the plan is called." };
        Option<string> uri = new("--terms-uri")
        {
            Description = "Where the terms can be read.", HelpName = "URI", Required = true,
        };
        Option<string> terms = new("--terms")
        {
            Description = "The document of the terms; its SHA-256 goes on the ledger.", HelpName = "FILE",
            Required = true,
        };
        Option<uint> notice = new("--notice-days")
        {
            Description = "How long an agreement lasts after either side has ended it.",
            DefaultValueFactory = static _ => 90,
        };
        return host.Verb(
            "plan",
            "Publishes a plan by which your institution keeps the records of others.",
            "ledger custody plan \"Ten years\" --terms-uri https://archive.example/terms --terms terms.pdf",
            [name, uri, terms, notice],
            (session, cancellation) => TransactionSender.SendAsync(session, cancellation, Operations.CustodyPublishPlan(
                session.Required(name),
                session.Required(uri),
                new Hash256(SHA256.HashData(File.ReadAllBytes(session.Required(terms)))),
                session.Get(notice))));
    }

    private static Command Withdraw(CommandHost host)
    {
        Argument<ulong> plan = new("PLAN") { Description = "Its number." };
        return host.Verb(
            "withdraw",
            "Takes no more clients on a plan of yours; agreements that are there last.",
            "ledger custody withdraw 1",
            [plan],
            (session, cancellation) => TransactionSender.SendAsync(
                session, cancellation, Operations.CustodyWithdrawPlan(session.Required(plan))));
    }

    private static Command Offer(CommandHost host)
    {
        Argument<string> client = ClientArgument();
        Argument<string> provider = ProviderArgument();
        Argument<ulong> plan = PlanArgument();
        return host.Verb(
            "offer",
            "Asks the other side, client or provider, for an agreement on a plan.",
            "ledger custody offer me archive.example 1",
            [client, provider, plan],
            (session, cancellation) => SendAsync(session, client, provider, cancellation, (whose, keeper) =>
                Operations.CustodyOffer(whose, keeper, session.Required(plan))));
    }

    private static Command Accept(CommandHost host)
    {
        Argument<string> client = ClientArgument();
        Argument<string> provider = ProviderArgument();
        Argument<ulong> agreement = AgreementArgument();
        Argument<ulong> plan = PlanArgument();
        return host.Verb(
            "accept",
            "Accepts an offer; name the plan that you have read.",
            "ledger custody accept kyoto-u.example me 1 1",
            [client, provider, agreement, plan],
            (session, cancellation) => SendAsync(session, client, provider, cancellation, (whose, keeper) =>
                Operations.CustodyAccept(whose, keeper, session.Required(agreement), session.Required(plan))));
    }

    private static Command End(CommandHost host)
    {
        Argument<string> client = ClientArgument();
        Argument<string> provider = ProviderArgument();
        Argument<ulong> agreement = AgreementArgument();
        return host.Verb(
            "end",
            "Ends an offer at once, an agreement after the notice of its plan.",
            "ledger custody end me archive.example 1",
            [client, provider, agreement],
            (session, cancellation) => SendAsync(session, client, provider, cancellation, (whose, keeper) =>
                Operations.CustodyEnd(whose, keeper, session.Required(agreement))));
    }

    private static async Task<Answer> SendAsync(
        Session session,
        Argument<string> client,
        Argument<string> provider,
        CancellationToken cancellation,
        Func<Address, Address, Operation> operation)
    {
        Address whose = await Parties.ReadInstitutionAsync(session, session.Required(client), cancellation)
            .ConfigureAwait(false);
        Address keeper = await Parties.ReadInstitutionAsync(session, session.Required(provider), cancellation)
            .ConfigureAwait(false);
        return await TransactionSender.SendAsync(session, cancellation, operation(whose, keeper))
            .ConfigureAwait(false);
    }
}
