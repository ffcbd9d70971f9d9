namespace Ledger.Node.Records;

/// <summary>What a credential may do (xAPI 1.0.3, part 3, 4.2). Of the rest it is told so.</summary>
[Flags]
public enum XapiScopes
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>Store statements.</summary>
    StatementsWrite = 1,

    /// <summary>Read the statements that the same credential brought.</summary>
    StatementsReadMine = 2,

    /// <summary>Read all statements.</summary>
    StatementsRead = 4 | StatementsReadMine,

    /// <summary>Read and write state.</summary>
    State = 8,

    /// <summary>What its statements tell of activities and agents becomes what the store knows of them.</summary>
    Define = 16,

    /// <summary>Read and write profiles.</summary>
    Profile = 32,

    /// <summary>Read everything.</summary>
    AllRead = 64 | StatementsRead,

    /// <summary>
    /// Read what learners of other institutions granted to this one, in its name. Not among all: who may use a store
    /// is not who may ask others.
    /// </summary>
    GrantedRead = 128,

    /// <summary>Everything of the store.</summary>
    All = StatementsWrite | State | Define | Profile | AllRead,
}
