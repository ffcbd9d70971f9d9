namespace Ledger.Client.Institutions;

/// <summary>Says in plain words what a domain's file shows and what to do.</summary>
public static class DomainVerdictText
{
    /// <summary>One or two sentences.</summary>
    public static string Of(DomainVerdict verdict) => verdict switch
    {
        DomainVerdict.Matches => "The domain names this address and key, and the key has signed it.",
        DomainVerdict.Unreadable =>
            "What the domain serves is not a domain file. It is made with: ledger institution publish-domain-file",
        DomainVerdict.OtherChain =>
            "The domain's file is about another chain. Do not approve before it names this one.",
        DomainVerdict.OtherDomain => "The domain's file was made for another domain. Do not approve.",
        DomainVerdict.OtherAddress =>
            "The domain names another address: whoever registered it here does not hold it. Do not approve.",
        DomainVerdict.OtherKey =>
            "The domain names another key than the ledger. After a rotation the file is made anew; else do not "
            + "approve.",
        DomainVerdict.WrongSignature =>
            "The file's signature is not by the key that it names: somebody made or changed it. Do not approve.",
        _ => throw new ArgumentOutOfRangeException(nameof(verdict)),
    };
}
