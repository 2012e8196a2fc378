/// The folder of this repository, as `/work/minke`.
public let repositoryFolder = "/" + #filePath.split(separator: "/").dropLast(3).joined(separator: "/")
