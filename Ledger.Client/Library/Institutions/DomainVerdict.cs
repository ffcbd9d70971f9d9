namespace Ledger.Client.Institutions;

/// <summary>What a domain's file says about an institution of the registrar.</summary>
public enum DomainVerdict
{
    /// <summary>Whoever holds the identity key also holds the domain.</summary>
    Matches,

    /// <summary>What the domain serves is no domain file.</summary>
    Unreadable,

    /// <summary>It is about another chain.</summary>
    OtherChain,

    /// <summary>It was made for another domain.</summary>
    OtherDomain,

    /// <summary>It names another address than the registrar.</summary>
    OtherAddress,

    /// <summary>It names another key than the institution's current one.</summary>
    OtherKey,

    /// <summary>The key that it names did not sign it.</summary>
    WrongSignature,
}
