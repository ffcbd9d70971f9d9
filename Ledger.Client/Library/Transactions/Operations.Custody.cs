using Ledger.Contracts.Protos;
using Ledger.Primitives;

namespace Ledger.Client.Transactions;

/// <summary>Calls about who keeps records, and who read them.</summary>
public static partial class Operations
{
    /// <summary>The actor's box is about to release records of the learner: a commitment for each read.</summary>
    public static Operation TrailAppend(Address learner, IEnumerable<Hash256> commitments)
    {
        TrailAppend call = new() { Learner = Bytes(learner) };
        call.Commitments.AddRange(commitments.Select(Bytes));
        return new Operation { TrailAppend = call };
    }

    /// <summary>The signer offers to keep records under terms whose document has this SHA-256.</summary>
    public static Operation CustodyPublishPlan(string name, string termsUri, Hash256 terms, uint noticeDays) => new()
    {
        CustodyPublishPlan = new CustodyPublishPlan
        {
            Name = name,
            TermsUri = termsUri,
            Terms = Bytes(terms),
            NoticeDays = noticeDays,
        },
    };

    /// <summary>No new agreements on the signer's plan.</summary>
    public static Operation CustodyWithdrawPlan(ulong plan) =>
        new() { CustodyWithdrawPlan = new CustodyWithdrawPlan { Plan = plan } };

    /// <summary>The signer, client or provider, asks the other for an agreement.</summary>
    public static Operation CustodyOffer(Address client, Address provider, ulong plan) => new()
    {
        CustodyOffer = new CustodyOffer { Client = Bytes(client), Provider = Bytes(provider), Plan = plan },
    };

    /// <summary>The other side accepts, and names the plan that it read.</summary>
    public static Operation CustodyAccept(Address client, Address provider, ulong agreement, ulong plan) => new()
    {
        CustodyAccept = new CustodyAccept
        {
            Client = Bytes(client),
            Provider = Bytes(provider),
            Agreement = agreement,
            Plan = plan,
        },
    };

    /// <summary>Either side ends an offer at once, an agreement after its notice.</summary>
    public static Operation CustodyEnd(Address client, Address provider, ulong agreement) => new()
    {
        CustodyEnd = new CustodyEnd { Client = Bytes(client), Provider = Bytes(provider), Agreement = agreement },
    };

    /// <summary>The signer has verified so many records of a writer, and keeps them.</summary>
    public static Operation CustodyConfirm(Address learner, string verb, Address writer, ulong count) => new()
    {
        CustodyConfirm = new CustodyConfirm
        {
            Learner = Bytes(learner),
            Verb = verb,
            Writer = Bytes(writer),
            Count = count,
        },
    };
}
