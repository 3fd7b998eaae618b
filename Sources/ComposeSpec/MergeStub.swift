import SourceText
import YAMLSyntax
extension Tree { package mutating func mergedService(_ layers: [NodeID]) -> NodeID { layers[layers.count-1] } }
