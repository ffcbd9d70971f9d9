namespace Ledger.Node.Records;

/// <summary>The versions of xAPI whose rules this store knows.</summary>
public enum XapiVersion
{
    /// <summary>1.0.3, as published by ADL; it stands for all of 1.0.x.</summary>
    V1 = 1,

    /// <summary>2.0.0, IEEE 9274.1.1; it stands for all of 2.0.x.</summary>
    V2 = 2,
}
