namespace Ledger.Node.Erasure;

/// <summary>How far the files of a node are with a record that is to go. Numbers are stored.</summary>
public enum ErasureStage
{
    /// <summary>It is on the list, and may still be in the store.</summary>
    Listed = 0,

    /// <summary>The store has it no more; its bytes may still be in unused parts of files.</summary>
    Removed = 1,

    /// <summary>The files were written anew since.</summary>
    Scrubbed = 2,
}
